namespace Chaperone.Masking.Keys;

/// <summary>What a key says about its value.</summary>
internal enum KeyUse : byte
{
    /// <summary>Nothing: the value is read for itself.</summary>
    None,

    /// <summary>The value is an identifier, whatever it looks like.</summary>
    Mask,

    /// <summary>The value is an identifier where the object is about a person or the value looks like one: <c>name</c>, <c>id</c>.</summary>
    Guarded,

    /// <summary>The value is about a person: an object, a name or a number that points to one.</summary>
    Person,

    /// <summary>The value is about a person's stay, visit or claim: a UUID there is its number.</summary>
    Event,

    /// <summary>The value says that its object is about a person, but stays: <c>gender</c>.</summary>
    Marker,
}

namespace Chaperone.Masking.Tagging;

/// <summary>What the tagger says of a word: outside, or the beginning or the inside of a person, a place or an organisation.</summary>
internal enum NameTag : byte
{
    Outside,
    Person,
    InPerson,
    Place,
    InPlace,
    Organisation,
    InOrganisation,
}

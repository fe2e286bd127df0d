using Chaperone.Masking.Keys;

namespace Chaperone.Masking.Json;

/// <summary>What an object's keys together say about it.</summary>
internal struct ObjectFacts
{
    /// <summary>It is about a person.</summary>
    public bool Person;

    /// <summary>It has several of first, middle and last, beside a key that identifies.</summary>
    public bool Parts;

    /// <summary>It is a FHIR resource.</summary>
    public bool Resource;

    /// <summary>Token of the array of column names; 0 if there is none.</summary>
    public int Columns;

    /// <summary>Token of the array of rows; 0 if there is none.</summary>
    public int Rows;

    /// <summary>What a <c>{name, value}</c> pair's name says about its value; null if it is no pair.</summary>
    public KeyRule? Pair;

    /// <summary>Token of the media type beside base64 <c>data</c>; 0 if there is none.</summary>
    public int MediaType;

    /// <summary>Token of a FHIR reference; 0 if there is none.</summary>
    public int Reference;

    /// <summary>Token of the address of a FHIR extension's definition; 0 if there is none.</summary>
    public int Extension;
}

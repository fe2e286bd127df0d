namespace Chaperone.Masking;

/// <summary>Classes of identifiers that a reader may see ("minimum necessary", 45 CFR 164.502(b)).</summary>
internal readonly record struct IdentifierSet(uint Bits)
{
    private static readonly Dictionary<string, Identifier> Named = Enum.GetValues<Identifier>()
        .Where(i => i is not (Identifier.None or Identifier.Secret or Identifier.Blob or Identifier.Withheld or Identifier.Unread))
        .ToDictionary(i => i.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Identifier[] Numbers =
        [Identifier.Mrn, Identifier.Plan, Identifier.Account, Identifier.License, Identifier.Vehicle, Identifier.Device, Identifier.Id, Identifier.Phone, Identifier.Fax];

    public bool IsEmpty => Bits == 0;

    /// <summary>The classes called so in policy files; secrets and unknown names are left out.</summary>
    public static IdentifierSet Of(IEnumerable<string> names)
    {
        var set = default(IdentifierSet);
        foreach (var name in names)
        {
            if (Named.TryGetValue(name, out var identifier))
            {
                set = set.With(identifier);
            }
        }

        return set;
    }

    public bool Has(Identifier identifier) => (Bits & (1u << (int)identifier)) != 0;

    public IdentifierSet With(params ReadOnlySpan<Identifier> identifiers)
    {
        var bits = Bits;
        foreach (var identifier in identifiers)
        {
            bits |= 1u << (int)identifier;
        }

        return new IdentifierSet(bits);
    }

    /// <summary>
    /// For a value whose key says that it is of class <paramref name="shown"/>: with the classes for which the detectors could
    /// take it. What is surely something else, such as an SSN in the field of a name, is still masked.
    /// </summary>
    public IdentifierSet Inside(Identifier shown) => shown switch
    {
        Identifier.Name => With(Identifier.City, Identifier.Location),
        Identifier.Address or Identifier.City or Identifier.Location => With(Identifier.Address, Identifier.City, Identifier.Location, Identifier.Name),
        Identifier.Age => With(Identifier.Date),
        _ when Numbers.Contains(shown) => With(Numbers),
        _ => this,
    };
}

using Chaperone.Masking.Keys;
using Chaperone.Masking.Structures;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>Masks a text: by its structure if it has one, else with the detectors. Not thread-safe; the masker keeps as many as are in use.</summary>
internal sealed class TextMasker(KeyLexicon lexicon, PublicHosts hosts, IReadOnlyList<ITextStructure> structures, FreeText free)
{
    private const int DeepestNesting = 4;
    private const int MostCachedKeys = 4096;

    private readonly Dictionary<string, KeyRule> _rules = new(StringComparer.Ordinal);
    private readonly TextScan _scan = new();

    /// <summary>What a key, column or label says about its value.</summary>
    public KeyRule FindRule(ReadOnlySpan<char> key)
    {
        var cache = _rules.GetAlternateLookup<ReadOnlySpan<char>>();
        if (cache.TryGetValue(key, out var rule))
        {
            return rule;
        }

        if (_rules.Count >= MostCachedKeys)
        {
            _rules.Clear();
        }

        rule = lexicon.Find(key);
        cache[key] = rule;
        return rule;
    }

    /// <summary>True for the URL of a public terminology.</summary>
    public bool IsPublic(ReadOnlySpan<char> url) => hosts.Contains(url);

    /// <summary>True where a value could be a person's name and nothing else.</summary>
    public bool LooksLikeName(ReadOnlySpan<char> value)
    {
        if (value.Length is < 3 or > 80)
        {
            return false;
        }

        _scan.Load(value);
        return Detectors.NameReader.IsWhole(_scan);
    }

    /// <summary>The masked text, or null where nothing is to be masked.</summary>
    public string? Mask(ReadOnlySpan<char> text, MaskRun run, bool twin = false, bool field = false)
    {
        if (run.Nesting < DeepestNesting && text.Length >= 8)
        {
            run.Nesting++;
            foreach (var structure in structures)
            {
                if (structure.TryMask(text, this, run, twin, out var masked))
                {
                    run.Nesting--;
                    return masked;
                }
            }

            run.Nesting--;
        }

        run.Tick();
        return free.Mask(text, run, field);
    }

    /// <summary>The masked cell of a table or record whose column says <paramref name="identifier"/>; null where nothing is to be masked.</summary>
    public static string? MaskCell(ReadOnlySpan<char> cell, Identifier identifier, MaskRun run, bool learn = true)
    {
        var masked = run.Form.InField(identifier, cell, run.Year);
        if (cell.SequenceEqual(masked))
        {
            return null;
        }

        run.Tally.Add(identifier);
        if (!learn)
        {
            return masked;
        }

        if (identifier == Identifier.Name)
        {
            run.Known.AddName(cell);
        }
        else if (identifier is Identifier.Mrn or Identifier.Plan or Identifier.Account or Identifier.License or Identifier.Id or Identifier.Ssn or Identifier.Phone or Identifier.Email)
        {
            run.Known.AddId(cell, identifier);
        }

        return masked;
    }

    /// <summary>The masked cell by what its column says; <paramref name="person"/>: the row is about one. Null where nothing is to be masked.</summary>
    public string? MaskKeyed(ReadOnlySpan<char> cell, KeyRule rule, bool person, MaskRun run)
    {
        var identifier = rule.Use switch
        {
            KeyUse.Mask => rule.Identifier,
            KeyUse.Guarded when person || (rule.Identifier == Identifier.Name && LooksLikeName(cell)) => rule.Identifier,
            KeyUse.Person when LooksLikeName(cell) => Identifier.Name,
            KeyUse.Person when Masks.Shapes.CountDigits(cell) >= 4 && !cell.Contains(' ') => Identifier.Mrn,
            _ => Identifier.None,
        };
        return identifier == Identifier.None || (identifier == Identifier.Url && IsPublic(cell)) ? Mask(cell, run) : MaskCell(cell, identifier, run);
    }

    /// <summary>The text, masked by the detectors alone.</summary>
    public string MaskPlain(ReadOnlySpan<char> text, MaskRun run) => (text.IsEmpty ? null : free.Mask(text, run)) ?? text.ToString();

    /// <summary>The masked key of an object, or null.</summary>
    public string? MaskKey(ReadOnlySpan<char> key, MaskRun run) => free.Mask(key, run);

    /// <summary>The masked address of a resource, or null: scheme and host stay, and of the path what identifies no one.</summary>
    public string? MaskUri(ReadOnlySpan<char> uri, MaskRun run) => UriMask.Mask(uri, this, free, run);
}

using System.Text;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Keys;

/// <summary>Says what a JSON key, a column or a label gives away about its value. Immutable and thread-safe.</summary>
internal sealed class KeyLexicon
{
    private const string TagWord = " zz ";

    // Under them stands a login as often as a name.
    private static readonly string[] Logins = ["user", "users", "actor", "assignee", "reviewer", "approver", "requester", "requestor"];

    private static readonly string[] Several = Split(LexiconEntries.Several);

    private static readonly KeyRule Doer = new(KeyUse.Person, Identifier.Name) { MayBeLogin = true, IsCounted = true };

    private readonly WordSet _fields = Split(LexiconEntries.PeopleOfFields).ToWordSet(ignoreCase: false);
    private readonly WordSet _noDeeds = Split(LexiconEntries.NoDeeds).ToWordSet(ignoreCase: false);


    private readonly WordMap<KeyRule> _rules;
    private readonly WordSet _things = Split(LexiconEntries.Things).ToWordSet(ignoreCase: false);
    private readonly WordSet _people = Split(LexiconEntries.People).ToWordSet(ignoreCase: false);
    private readonly WordSet _noise = Split(LexiconEntries.Noise).ToWordSet(ignoreCase: false);

    private readonly WordSet _ends;

    [ThreadStatic]
    private static LabelMemo? _recent;

    /// <summary>The lexicon with keys of an operator, which decide over its own.</summary>
    public KeyLexicon(IReadOnlyList<(string Key, Identifier Identifier)>? own = null)
    {
        var rules = new Dictionary<string, KeyRule>(StringComparer.Ordinal);
        foreach (var word in Split(LexiconEntries.People))
        {
            rules[word] = new KeyRule(KeyUse.Person, Identifier.Name) { MayBeLogin = Logins.Contains(word), IsCounted = Several.Contains(word) };
        }

        foreach (var (identifier, keys) in LexiconEntries.Masked)
        {
            var plain = new KeyRule(KeyUse.Mask, identifier);
            var birth = plain with { IsBirth = true };
            foreach (var key in Split(keys))
            {
                var rule = identifier == Identifier.Date && IsBirth(key) ? birth : plain;
                rules[key] = rule;

                // "tokens" counts what a language model read; "access tokens" are some.
                if (key != "token")
                {
                    rules.TryAdd(key.EndsWith('s') ? key + "es" : key + "s", rule);
                }
            }
        }

        rules["rx"] = new KeyRule(KeyUse.Mask, Identifier.Id) { ReachesDown = false };
        var marker = new KeyRule(KeyUse.Marker, Identifier.None);
        foreach (var word in Split(LexiconEntries.Markers))
        {
            rules[word] = marker;
        }

        foreach (var word in Split(LexiconEntries.Events))
        {
            rules.TryAdd(word, new KeyRule(KeyUse.Event, Identifier.Id));
        }

        rules["name"] = new KeyRule(KeyUse.Guarded, Identifier.Name);
        rules["names"] = rules["name"];
        rules["who"] = rules["name"] with { MayBeLogin = true };
        rules["id"] = new KeyRule(KeyUse.Guarded, Identifier.Id);
        rules["number"] = rules["id"];
        rules["reference"] = rules["id"];
        Span<char> buffer = stackalloc char[KeyWords.Room];
        foreach (var (key, identifier) in own ?? [])
        {
            rules[KeyWords.Normalise(key, buffer).ToString()] = new KeyRule(KeyUse.Mask, identifier);
        }

        _rules = new WordMap<KeyRule>(rules, ignoreCase: false);
        _ends = rules.Keys.Concat(own?.Select(o => o.Key) ?? []).Select(k => k[(k.LastIndexOf(' ') + 1)..]).Concat(Split(LexiconEntries.Noise)).Concat(KeyWords.ShortForms).ToWordSet();
    }

    /// <summary>False where no label ends in <paramref name="word"/>: most words of a text, told at the price of one look.</summary>
    public bool MayEnd(ReadOnlySpan<char> word) =>
        _ends.Contains(word)
        || word.ContainsAnyInRange('0', '9')
        || (word.Length > 3 && char.IsAsciiLetterLower(word[0]) && word.ContainsAnyInRange('A', 'Z'))
        || (word.Length > 3 && word[1..].ContainsAnyInRange('A', 'Z') && word.ContainsAnyInRange('a', 'z'));

    /// <summary>The rule of <paramref name="key"/> as it is written; <see cref="KeyRule.Silent"/> if it says nothing.</summary>
    public KeyRule Find(ReadOnlySpan<char> key)
    {
        var recent = _recent?.Owner == this ? _recent : _recent = new LabelMemo(this);
        if (recent.TryFind(key, out var rule))
        {
            return rule;
        }

        rule = Read(key);
        recent.Keep(rule);
        return rule;
    }

    /// <summary>The same of a key or column, which says more than a label in a text does: <c>takenBy</c>, <c>driver</c>.</summary>
    public KeyRule FindField(ReadOnlySpan<char> key)
    {
        var rule = Find(key);
        if (rule.Use != KeyUse.None || key.Contains('{') || key.Contains('['))
        {
            return rule;
        }

        Span<char> buffer = stackalloc char[KeyWords.Room];
        ReadOnlySpan<char> words = KeyWords.Normalise(key, buffer);
        return _fields.Contains(words) || words is "by" || (words.EndsWith(" by") && words[..^3] is var deed && !_noDeeds.Contains(deed[(deed.LastIndexOf(' ') + 1)..])) ? Doer : rule;
    }

    private KeyRule Read(ReadOnlySpan<char> key)
    {
        // JSON in the place of a name ({"name":"{...}","value":1}) is content, and names nothing.
        if (key.Contains('{'))
        {
            return KeyRule.Silent;
        }

        Span<char> buffer = stackalloc char[KeyWords.Room];
        var words = KeyWords.Normalise(WithoutTags(key), buffer);
        return words.Length == 0 ? KeyRule.Silent : FindWords(words);
    }

    /// <summary>The rule of normalised words: the longest end of them that the lexicon knows, words without meaning at the end left out.</summary>
    public KeyRule FindWords(ReadOnlySpan<char> words)
    {
        if (IsPartOfName(words))
        {
            return KeyRule.PartOfName;
        }

        while (true)
        {
            if (FindEnd(words) is { } rule)
            {
                return rule;
            }

            var space = words.LastIndexOf(' ');
            if (space < 0 || !_noise.Contains(words[(space + 1)..]))
            {
                return KeyRule.Silent;
            }

            words = words[..space];
        }
    }

    private static bool IsBirth(string key) => key is "dob" or "born" || key.Contains("birth", StringComparison.Ordinal);

    // "subscriberLast", "patient_first", "case_manager_last"
    private bool IsPartOfName(ReadOnlySpan<char> words)
    {
        var space = words.LastIndexOf(' ');
        return space > 0 && words[(space + 1)..] is "last" or "first" or "middle"
            && words[(words[..space].LastIndexOf(' ') + 1)..space] is var whose && (_people.Contains(whose) || whose is "nok" or "manager" or "referring");
    }

    private KeyRule? FindEnd(ReadOnlySpan<char> words)
    {
        for (var start = 0; ;)
        {
            if (_rules.TryGetValue(words[start..], out var rule))
            {
                return start == 0 ? rule : Qualify(rule, words[..(start - 1)]);
            }

            var space = words[start..].IndexOf(' ');
            if (space < 0)
            {
                return null;
            }

            start += space + 1;
        }
    }

    // "referring doctor name" is a name, "drug name" is none, and "primary name" depends on the value.
    private KeyRule? Qualify(KeyRule rule, ReadOnlySpan<char> before)
    {
        if (rule.Use == KeyUse.Mask || rule.Use == KeyUse.Marker)
        {
            return AllowsQualifier(rule, before) ? rule : null;
        }

        var last = before[(before.LastIndexOf(' ') + 1)..];
        var person = _people.Contains(last);
        if (rule.Use is KeyUse.Person or KeyUse.Event)
        {
            return rule;
        }

        if (rule.Identifier == Identifier.Id)
        {
            return person ? new KeyRule(KeyUse.Mask, Identifier.Id) : null;
        }

        if (person)
        {
            return new KeyRule(KeyUse.Mask, Identifier.Name);
        }

        return _things.Contains(last) ? KeyRule.Silent : rule;
    }

    // "password policy" is no policy number, "blood group id" no plan; short words keep their meaning only with a person before them.
    private bool AllowsQualifier(KeyRule rule, ReadOnlySpan<char> before)
    {
        if (rule.Identifier is not (Identifier.Plan or Identifier.Url or Identifier.Secret or Identifier.License or Identifier.Card or Identifier.Age))
        {
            return true;
        }

        var last = before[(before.LastIndexOf(' ') + 1)..];
        return !_things.Contains(last) || rule.Identifier is Identifier.Secret or Identifier.License or Identifier.Url;
    }

    // A tag was somebody's: it is a word that no label ends in. Were it left out, or read as a word, a sentence that named
    // nothing ("seen 2021-03-04 by Dr. Lee") would name something once it is masked.
    private static ReadOnlySpan<char> WithoutTags(ReadOnlySpan<char> key)
    {
        if (!key.Contains('['))
        {
            return key;
        }

        var plain = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length;)
        {
            var tag = IdentifierTags.TagLength(key[i..]);
            plain.Append(tag > 0 ? TagWord : key.Slice(i, 1));
            i += Math.Max(tag, 1);
        }

        return plain.ToString();
    }

    private static string[] Split(string words) =>
        words.Split([',', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

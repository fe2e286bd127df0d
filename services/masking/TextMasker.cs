using Chaperone.Masking.Columns;
using Chaperone.Masking.Json;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Structures;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>Masks a text: by its structure if it has one, else with the detectors. Not thread-safe; the masker keeps as many as are in use.</summary>
internal sealed class TextMasker(KeyLexicon lexicon, PublicHosts hosts, ITextStructure[] structures, FreeText free)
{
    private const int DeepestNesting = 4;
    private const int MostCachedKeys = 4096;
    private const int LongestAllowed = 256;
    private const int LeastDigitsOfEvent = 5;

    private readonly Dictionary<string, KeyRule> _rules = new(StringComparer.Ordinal);
    private readonly KeyBook _book = new(lexicon);
    private readonly TextScan _scan = new();
    private readonly CellReader _cells = new(free.Names);
    private KnownValues _known = new();
    private readonly FindingTally _tally = new();
    private readonly Stack<TextEdits> _idle = [];
    private readonly Stack<JsonEdits> _idleJson = [];
    private readonly Stack<ColumnVotes> _idleVotes = [];

    /// <summary>Frees large buffers, so that one long text does not stay in memory.</summary>
    public void Trim()
    {
        _scan.Trim();
        free.Trim();
    }

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

        rule = lexicon.FindField(key);
        cache[key] = rule;
        return rule;
    }

    /// <summary>Values of the message in which nothing was found.</summary>
    public ClearedValues Cleared { get; } = new();

    /// <summary>What the walks through the message made of its strings.</summary>
    public WalkMemo Memo { get; } = new();

    /// <summary>What the walk that goes on has made of values that may stand again.</summary>
    public RepeatedValues Repeated { get; } = new();

    /// <summary>An empty book for a message that shares its own with no other; good until the next message.</summary>
    public KnownValues RentKnown() => _known = _known.Cleared();

    /// <summary>An empty tally; the same holds.</summary>
    public FindingTally RentTally()
    {
        _tally.Reset();
        return _tally;
    }

    /// <summary>Called before each message.</summary>
    public void Start()
    {
        Memo.Clear();
        _book.Start();
        Cleared.Clear();
    }

    /// <summary>What is known of a key of JSON, by its bytes, and its number.</summary>
    public KeyEntry FindKey(ReadOnlySpan<byte> key, bool escaped, out ushort number) => _book.Find(key, escaped, out number);

    /// <summary>The same by its number, within one message.</summary>
    public KeyEntry FindKey(ushort number) => _book[number];

    /// <summary>True where a text without a structure holds nothing that has become known after the first <paramref name="since"/> words.</summary>
    public bool HoldsNothingNew(ReadOnlySpan<char> text, KnownValues known, int since) => free.HoldsNothingNew(text, known, since);

    /// <summary>True where a text in which nothing was found before holds none of the words that have become known since.</summary>
    public bool StaysClear(ReadOnlySpan<char> text, KnownValues known) => !StructureSigns.Any(text) && free.HoldsNothingKnown(text, known);

    /// <summary>The lists of names.</summary>
    public Tagging.NameModel Names => free.Names;

    /// <summary>True where a text in small ASCII letters holds a word that only names people or places.</summary>
    public bool MayNameSomebody(ReadOnlySpan<byte> text) => free.Names.HoldsName(text);

    /// <summary>True where the operator's own rules or model look at every text, and none may be passed over.</summary>
    public bool LooksAtAll => free.LooksAtAll;

    /// <summary>True where a value is, as a whole, what the operator lets stay.</summary>
    public bool IsAllowed(ReadOnlySpan<char> value) =>
        free.OwnRules is { Allowed.IsEmpty: false } own && value.Length <= LongestAllowed && IsAllowed(value, own);

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
        return Detectors.NameReader.IsWhole(_scan) && !Detectors.NameReader.IsPhrase(_scan, 0, _scan.WordCount - 1);
    }

    /// <summary>The same where the key says that the value is about a person: a family name may stand by itself.</summary>
    public bool LooksLikePerson(ReadOnlySpan<char> value) => LooksLikeName(value) || (value.Length is >= 3 and <= 80 && Detectors.NameReader.IsLone(_scan));

    /// <summary>True where a value as a whole is somebody's login, made of a name: "j.langford"; where it stands under "user" and its like, <paramref name="sure"/>, of a word that no list knows: "tallentire".</summary>
    public bool LooksLikeLogin(ReadOnlySpan<char> value, bool sure = false)
    {
        if (value.Length is < 4 or > 40 || value.Contains(' '))
        {
            return false;
        }

        _scan.Load(value);
        return Detectors.LoginDetector.IsWhole(_scan) || (sure && Detectors.LoginCues.IsWhole(_scan));
    }

    /// <summary>True for what numbers a visit or a claim: one word with five digits and more, and no day.</summary>
    public static bool IsNumberOfOne(ReadOnlySpan<char> value) =>
        value.Length is >= LeastDigitsOfEvent and <= 40 && !value.ContainsAny(' ', '/') && Masks.Shapes.CountDigits(value) >= LeastDigitsOfEvent && !(DateReader.TryRead(value, 0, out var date) && date.Length == value.Length);

    /// <summary>Votes for the columns of one list; return them after use.</summary>
    public ColumnVotes RentVotes() => _idleVotes.TryPop(out var votes) ? votes : new ColumnVotes(_cells);

    /// <summary>Takes votes back.</summary>
    public void Return(ColumnVotes votes)
    {
        votes.Clear();
        _idleVotes.Push(votes);
    }

    /// <summary>True for the first cell of a column that is a word and no value: it may head the column.</summary>
    public bool IsHead(ReadOnlySpan<char> cell) => _cells.IsHead(cell);

    /// <summary>The masked text, or null where nothing is to be masked.</summary>
    public string? Mask(ReadOnlySpan<char> text, MaskRun run, bool twin = false, bool field = false)
    {
        var edits = Rent();
        var part = new TextPart(text, 0);
        Mask(part, edits, run, twin, field);
        var masked = edits.Count == 0 ? null : edits.Apply(part);
        Return(edits);
        return masked;
    }

    /// <summary>Adds the masks of a text, or of a part of one that is a text of its own, to <paramref name="edits"/>; true where nothing was found in it.</summary>
    public bool Mask(TextPart part, TextEdits edits, MaskRun run, bool twin = false, bool field = false)
    {
        if (run.Nesting < DeepestNesting && part.Length >= 8 && StructureSigns.Any(part.Text))
        {
            run.Nesting++;
            foreach (var structure in structures)
            {
                if (structure.TryMask(part, edits, this, run, twin))
                {
                    run.Nesting--;
                    return false;
                }
            }

            run.Nesting--;
        }

        run.Tick();
        return free.Mask(part, edits, run, field);
    }

    /// <summary>Masks the cell of a table or record whose column says <paramref name="identifier"/>; what hides beside it, where the reader may see that.</summary>
    public void MaskCell(TextPart cell, Identifier identifier, TextEdits edits, MaskRun run, bool voted = false)
    {
        if (run.Exempt.Has(identifier))
        {
            MaskShown(cell, identifier, edits, run);
            return;
        }

        var masked = run.Form.InField(identifier, cell.Text, run.Scene);
        if (cell.Text.SequenceEqual(masked) || IsAllowed(cell.Text))
        {
            return;
        }

        var score = voted ? MaskRun.Voted : MaskRun.Certain;
        run.Tally.Add(identifier, voted ? MaskRule.Column : MaskRule.Key, score);
        edits.Add(cell.At, cell.At + cell.Length, masked, identifier, score);
        Learn(cell.Text, identifier, run.Known, voted ? free.Names : null);
    }

    /// <summary>Masks the cell by what its column says; <paramref name="person"/>: the row is about one.</summary>
    public void MaskKeyed(TextPart cell, KeyRule rule, bool person, TextEdits edits, MaskRun run)
    {
        var identifier = rule.Use switch
        {
            KeyUse.Mask => rule.IsPart && !Detectors.NameReader.MayBePart(cell.Text) ? Identifier.None : rule.Identifier,
            KeyUse.Guarded when person || (rule.Identifier == Identifier.Name && LooksLikeName(cell.Text)) => rule.Identifier,
            KeyUse.Event when Masks.Shapes.IsUuid(cell.Text) || IsNumberOfOne(cell.Text) => rule.Identifier,
            KeyUse.Person when LooksLikePerson(cell.Text) => Identifier.Name,
            KeyUse.Person when !rule.IsCounted && Masks.Shapes.CountDigits(cell.Text) >= 4 && !cell.Text.Contains(' ') => Identifier.Mrn,
            KeyUse.Person or KeyUse.Guarded when (rule.Use == KeyUse.Person || rule.MayBeLogin) && LooksLikeLogin(cell.Text, rule.Use == KeyUse.Person && rule.MayBeLogin) => Identifier.Id,
            _ => Identifier.None,
        };
        if (identifier == Identifier.None || (identifier == Identifier.Url && IsPublic(cell.Text)))
        {
            Mask(cell, edits, run, field: true);
            return;
        }

        var before = edits.Count;
        MaskCell(cell, identifier, edits, run, rule.IsVoted);
        if (edits.Count == before && identifier is Identifier.Date or Identifier.Age)
        {
            Mask(cell, edits, run, field: true);
        }
    }

    /// <summary>Masks what a value holds beside the identifier that the reader may see.</summary>
    public void MaskShown(TextPart value, Identifier shown, TextEdits edits, MaskRun run)
    {
        var exempt = run.Exempt;
        run.Exempt = exempt.Inside(shown);
        MaskPlain(value, edits, run, bare: true);
        run.Exempt = exempt;
    }

    /// <summary>Masks by the detectors alone; true where nothing was found.</summary>
    public bool MaskPlain(TextPart part, TextEdits edits, MaskRun run, bool bare = false, bool coded = false) =>
        part.IsEmpty || free.Mask(part, edits, run, bare: bare, coded: coded);

    /// <summary>The masked text by the detectors alone, or null: the key of an object, the segment of an address.</summary>
    public string? MaskPlain(ReadOnlySpan<char> text, MaskRun run)
    {
        var edits = Rent();
        var part = new TextPart(text, 0);
        free.Mask(part, edits, run, bare: true, read: false);
        var masked = edits.Count == 0 ? null : edits.Apply(part);
        Return(edits);
        return masked;
    }

    /// <summary>The masked address of a resource, or null: scheme and host stay, and of the path what identifies no one.</summary>
    public string? MaskUri(ReadOnlySpan<char> uri, MaskRun run) => UriMask.Mask(uri, this, run);

    /// <summary>An empty list of masks; return it after use. A list that an exception kept is simply lost.</summary>
    public TextEdits Rent() => _idle.TryPop(out var edits) ? edits : new TextEdits();

    /// <summary>An empty list of masks of JSON; the same holds.</summary>
    public JsonEdits RentJson() => _idleJson.TryPop(out var edits) ? edits : new JsonEdits();

    /// <summary>Takes a list back.</summary>
    public void Return(JsonEdits edits)
    {
        edits.Clear();
        _idleJson.Push(edits);
    }

    /// <summary>Takes a list back.</summary>
    public void Return(TextEdits edits)
    {
        edits.Clear();
        _idle.Push(edits);
    }

    // Apart, so that a value costs nothing where the operator lets none stay.
    private bool IsAllowed(ReadOnlySpan<char> value, Own.OwnRuleSet own)
    {
        _scan.Load(value);
        var whole = false;
        own.Allowed.Find(_scan, (start, end, _) => whole |= start == _scan.Words[0].Start && end == _scan.Words[^1].End);
        return whole;
    }

    private static void Learn(ReadOnlySpan<char> cell, Identifier identifier, KnownValues known, Tagging.NameModel? doubt)
    {
        if (identifier == Identifier.Name)
        {
            known.AddName(cell, doubt);
        }
        else if (identifier is Identifier.Mrn or Identifier.Plan or Identifier.Account or Identifier.License or Identifier.Id or Identifier.Ssn or Identifier.Phone or Identifier.Email)
        {
            known.AddId(cell, identifier);
        }
    }
}

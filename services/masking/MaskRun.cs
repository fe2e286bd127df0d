using Chaperone.Masking.Deep;
using Chaperone.Masking.Json;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Patients;
using Chaperone.Masking.Schemas;

namespace Chaperone.Masking;

/// <summary>State of masking one message: what was found, what is known, and how much time is left.</summary>
internal sealed class MaskRun(MaskContext context, IMaskForm form, KnownValues known, TimeProvider time, TimeSpan budget)
{
    /// <summary>Score of what a key or a column says.</summary>
    public const float Certain = 1f;

    /// <summary>Score of what the other values of a column say.</summary>
    public const float Voted = 0.8f;

    private const int TicksPerCheck = 256;

    private readonly long _start = time.GetTimestamp();
    private int _ticks;
    private int _firstLook = -1;

    public MaskContext Context { get; } = context;

    public IMaskForm Form { get; } = form;

    public KnownValues Known { get; } = known;

    public required FindingTally Tally { get; init; }

    /// <summary>Takes the identifiers of people that no mask form sees; null where nobody asks for them.</summary>
    public PatientBook? Patients { get; init; }

    /// <summary>The operator's own model at work on the call; null where there is none.</summary>
    public DeepReading? Deep { get; init; }

    /// <summary>This year; a date more than 89 years back shows an age over 89.</summary>
    public int Year { get; } = time.GetUtcNow().Year;

    /// <summary>Whose record is being read; null where nobody is known.</summary>
    public string? Person { get; set; }

    /// <summary>Who stands for all that have no record of their own: the one person of the message, or a word for the message.</summary>
    public string Everybody { get; set; } = "";

    /// <summary>What masks depend on beside the value.</summary>
    public MaskScene Scene => new(Year, Person ?? Everybody);

    /// <summary>What the reader may see.</summary>
    public IdentifierSet Exempt { get; set; } = IdentifierSet.Of(context.Exempt);

    /// <summary>Finds inside JSON are noted with their places, not only counted.</summary>
    public bool Located { get; init; }

    /// <summary>What the walk before this one put in; null in the first.</summary>
    public JsonEdits? Before { get; set; }

    /// <summary>How many texts are open inside each other: JSON in a text of JSON ...</summary>
    public int Nesting { get; set; }

    /// <summary>Schema of <c>structuredContent</c>, and of the text that repeats it.</summary>
    public SchemaPlace Output { get; set; }

    /// <summary>True once anything below <c>structuredContent</c> was changed.</summary>
    public bool StructuredChanged { get; set; }

    /// <summary>True where something became known after the first look for what is known: another walk may find more.</summary>
    public bool MayFindMore => _firstLook >= 0 && Known.Count > _firstLook;

    /// <summary>Called before each walk.</summary>
    public void Start() => _firstLook = -1;

    /// <summary>Called where a text has been, or would have been, searched for what is known.</summary>
    public void Looked() => _firstLook = _firstLook < 0 ? Known.Count : _firstLook;

    /// <summary>Called for every value; ends the run when its time is spent.</summary>
    public void Tick()
    {
        if ((++_ticks & (TicksPerCheck - 1)) == 0)
        {
            CheckTime();
        }
    }

    /// <summary>Called before and after long steps.</summary>
    public void CheckTime()
    {
        if (time.GetElapsedTime(_start) > budget)
        {
            throw new WithheldException(WithheldReason.TooSlow);
        }
    }
}

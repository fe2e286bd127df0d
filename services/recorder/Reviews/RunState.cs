using System.Globalization;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Reviews;

/// <summary>How one run stands.</summary>
internal sealed class RunState
{
    private readonly Dictionary<Guid, Finding> _findings = [];

    private RunState(JsonElement note) => (Plan, Drawn) = (ReviewNotes.ReadPlan(note), [.. note.GetProperty("sessions").EnumerateArray().Select(s => s.GetGuid())]);

    /// <summary>A finding, and the record that holds its words.</summary>
    internal sealed record Finding(ReviewVerdict Verdict, ReviewAct By, long Index);

    public required Guid RunId { get; init; }

    /// <summary>Leaf index of the record that opened it; the search of its plan is sealed there.</summary>
    public required long Index { get; init; }

    public ReviewPlan Plan { get; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int Population { get; init; }

    public required string Seed { get; init; }

    /// <summary>Sessions drawn.</summary>
    public IReadOnlyList<Guid> Drawn { get; }

    /// <summary>Findings by session; the last one counts.</summary>
    public IReadOnlyDictionary<Guid, Finding> Findings => _findings;

    public DateTimeOffset? RemindedAt { get; set; }

    public ReviewAct? SignedOff { get; set; }

    /// <summary>When it has to be signed.</summary>
    public DateTimeOffset DueAt => To.AddDays(Plan.DueDays);

    /// <summary>True where every session drawn has a finding.</summary>
    public bool IsJudged => Drawn.All(_findings.ContainsKey);

    /// <summary>Findings that are not fine.</summary>
    public int Concerns => _findings.Values.Count(f => f.Verdict != ReviewVerdict.Fine);

    public static RunState Read(JsonElement note, long index) => new(note)
    {
        RunId = note.GetProperty("run").GetGuid(),
        Index = index,
        From = Time(note, "from"),
        To = Time(note, "to"),
        Population = note.GetProperty("population").GetInt32(),
        Seed = note.GetProperty("seed").GetString()!,
    };

    public void Judge(Guid session, ReviewVerdict verdict, ReviewAct by, long index)
    {
        if (Drawn.Contains(session))
        {
            _findings[session] = new Finding(verdict, by, index);
        }
    }

    public ReviewRun ToRun() => new()
    {
        RunId = RunId,
        Plan = Plan,
        From = From,
        To = To,
        DueAt = DueAt,
        Population = Population,
        Drawn = Drawn.Count,
        Judged = _findings.Count,
        Concerns = Concerns,
        Seed = Seed,
        RemindedAt = RemindedAt,
        SignedOff = SignedOff,
    };

    private static DateTimeOffset Time(JsonElement note, string name) => DateTimeOffset.Parse(note.GetProperty(name).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Reviews;

/// <summary>The notes of the steps of a review. PHI-free: what people write is sealed beside them.</summary>
internal static class ReviewNotes
{
    public const string Planned = "planned";
    public const string Ended = "ended";
    public const string Opened = "opened";
    public const string Judged = "judged";
    public const string Signed = "signed";
    public const string Reminded = "reminded";

    public static string Plan(ReviewPlan plan) => Text(Add(new CanonicalJson().BeginObject(), plan, Planned).EndObject());

    public static string End(Guid plan) => Text(new CanonicalJson().BeginObject().Member("plan", plan.ToString()).Member("review", Ended).EndObject());

    /// <summary>The run with its plan, so that a later change of the plan does not change what was asked, and the draw.</summary>
    public static string Open(Guid run, ReviewPlan plan, DateTimeOffset from, DateTimeOffset to, string seed, long size, int population, IReadOnlyList<Guid> drawn)
    {
        var json = new CanonicalJson().BeginObject()
            .Member("cadence", RecordHeader.Word(plan.Cadence)).Member("due_days", plan.DueDays).Member("from", LeafFormat.Time(from)).Member("name", plan.Name).Member("plan", plan.PlanId.ToString())
            .Member("population", population).Name("refused").Value(plan.OnlyRefused).Member("review", Opened).Member("run", run.ToString()).Member("sample", plan.Sample);
        json = Searched(json, plan).Member("seed", seed).Member("server", plan.Server).Name("sessions").BeginArray();
        foreach (var session in drawn)
        {
            json.Value(session.ToString());
        }

        return Text(json.EndArray().Member("to", LeafFormat.Time(to)).Member("tree_size", size).Member("user", plan.User).EndObject());
    }

    public static string Judge(Guid run, Guid session, ReviewVerdict verdict) => Text(new CanonicalJson().BeginObject()
        .Member("review", Judged).Member("run", run.ToString()).Member("session", session.ToString()).Member("verdict", RecordHeader.Word(verdict)).EndObject());

    public static string Sign(Guid run, int judged, int concerns) => Text(new CanonicalJson().BeginObject()
        .Member("concerns", concerns).Member("judged", judged).Member("review", Signed).Member("run", run.ToString()).EndObject());

    public static string Remind(Guid run) => Text(new CanonicalJson().BeginObject().Member("review", Reminded).Member("run", run.ToString()).EndObject());

    /// <summary>The plan that a note holds.</summary>
    public static ReviewPlan ReadPlan(JsonElement note) => new()
    {
        PlanId = note.GetProperty("plan").GetGuid(),
        Name = note.GetProperty("name").GetString()!,
        Cadence = Enum.Parse<ReviewCadence>(note.GetProperty("cadence").GetString()!, ignoreCase: true),
        Server = note.TryGetProperty("server", out var server) ? server.GetString() : null,
        User = note.TryGetProperty("user", out var user) ? user.GetString() : null,
        OnlyRefused = note.GetProperty("refused").GetBoolean(),
        Searched = note.TryGetProperty("searched", out var searched) && searched.GetBoolean(),
        Sample = note.GetProperty("sample").GetInt32(),
        DueDays = note.GetProperty("due_days").GetInt32(),
    };

    private static CanonicalJson Add(CanonicalJson json, ReviewPlan plan, string word) => Searched(
        json
            .Member("cadence", RecordHeader.Word(plan.Cadence)).Member("due_days", plan.DueDays).Member("name", plan.Name).Member("plan", plan.PlanId.ToString())
            .Name("refused").Value(plan.OnlyRefused).Member("review", word).Member("sample", plan.Sample),
        plan).Member("server", plan.Server).Member("user", plan.User);

    // Left out where there is no search, as notes of older versions are.
    private static CanonicalJson Searched(CanonicalJson json, ReviewPlan plan) => plan.Searched ? json.Name("searched").Value(true) : json;

    private static string Text(CanonicalJson json) => Encoding.UTF8.GetString(json.ToArray());
}

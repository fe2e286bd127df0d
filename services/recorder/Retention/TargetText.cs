using System.Globalization;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Retention;

/// <summary>A target as the store and the ledger write it: RFC 8785 JSON with <c>session</c>, or <c>issuer</c> and <c>subject</c>, or <c>from</c> and <c>to</c>.</summary>
internal static class TargetText
{
    private const int LongestName = 512;

    /// <summary>The first moment after a month.</summary>
    public static DateTimeOffset EndOf(string month) =>
        DateTimeOffset.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).AddMonths(1);

    /// <summary>Null if the target names exactly one thing, else what is wrong with it.</summary>
    public static string? Problem(RetentionTarget? target)
    {
        if (target is null)
        {
            return "Name a session, a person, or months.";
        }

        var person = target.Issuer is not null || target.Subject is not null;
        var months = target.FromMonth is not null || target.ToMonth is not null;
        if ((target.SessionId is null ? 0 : 1) + (person ? 1 : 0) + (months ? 1 : 0) != 1)
        {
            return "Name a session, a person, or months: exactly one of them.";
        }

        if (person && (target.Issuer is not { Length: > 0 and <= LongestName } || target.Subject is not { Length: > 0 and <= LongestName }))
        {
            return $"A person is an issuer and a subject, each of 1 to {LongestName} characters.";
        }

        return months && (!IsMonth(target.FromMonth) || !IsMonth(target.ToMonth) || string.CompareOrdinal(target.FromMonth, target.ToMonth) > 0)
            ? "Give the first and the last month like 2026-11, the first not after the last."
            : null;
    }

    public static string Write(RetentionTarget target) => Encoding.UTF8.GetString(new CanonicalJson().BeginObject()
        .Member("from", target.FromMonth).Member("issuer", target.Issuer).Member("session", target.SessionId?.ToString())
        .Member("subject", target.Subject).Member("to", target.ToMonth)
        .EndObject().ToArray());

    public static RetentionTarget Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        string? Member(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new RetentionTarget
        {
            SessionId = Member("session") is { } session ? Guid.Parse(session) : null,
            Issuer = Member("issuer"),
            Subject = Member("subject"),
            FromMonth = Member("from"),
            ToMonth = Member("to"),
        };
    }

    /// <summary>The target in words, for messages.</summary>
    public static string Say(RetentionTarget target) => target switch
    {
        { SessionId: { } session } => $"session {session}",
        { Subject: { } subject } => $"person {subject}",
        { FromMonth: { } from, ToMonth: { } to } => from == to ? from : $"{from} to {to}",
        _ => "nothing",
    };

    private static bool IsMonth(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && Keyring.MonthOf(new DateTimeOffset(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)) == text;
}

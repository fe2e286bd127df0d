using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Retention;

/// <summary>After the root key was changed (a new first line of the key file, a new version in Vault, another root): wraps the keys of all months under it, and records that. Objects are not touched.</summary>
internal sealed partial class RootRotation(IRootKeys roots, IRecordKeeper keeper, RecorderHealth health, TimeProvider time, ILogger<RootRotation> logger)
{
    /// <summary>The months rewrapped. Keys that cannot be are said by readiness until they are.</summary>
    /// <exception cref="RootAwayException">The root cannot be reached; what was rewrapped before is recorded.</exception>
    public async ValueTask<int> StepAsync(Keyring keyring, CancellationToken cancellationToken)
    {
        var rewrapped = keyring.Rewrap();
        var months = rewrapped.Months;
        if (months > 0)
        {
            var note = new CanonicalJson().BeginObject().Member("key", roots.ReadCurrentId()).Member("keys", "rewrapped").Member("months", months).EndObject();
            await keeper.KeepAsync(
                [
                    new RecordEntry
                    {
                        EventId = Guid.CreateVersion7(time.GetUtcNow()),
                        Kind = RecordKind.Configuration,
                        OccurredAt = time.GetUtcNow(),
                        Source = "recorder",
                        Note = Encoding.UTF8.GetString(note.ToArray()),
                    },
                ],
                cancellationToken);
        }

        if (rewrapped.Away is { } away)
        {
            throw away;
        }

        Say(rewrapped.Left);
        return months;
    }

    private void Say(IReadOnlyList<LeftKey> left)
    {
        var sentence = left.Count == 0
            ? null
            : $"Wrapped keys do not open and stay under their old root ({string.Join(", ", left.Select(k => k.RootId).Distinct(StringComparer.Ordinal))}): those of {string.Join(", ", left.Select(k => k.Seals))}. "
                + $"All others are wrapped by the current one. {left[0].Reason} Put the old root back where it is missing; else bring back these wrapped keys from a backup that it still opens.";
        if (health.Set(RecorderHealth.RewrapPart, sentence) && sentence is not null)
        {
            Log.Left(logger, sentence);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6084, LogLevel.Error, "{Sentence}")]
        public static partial void Left(ILogger logger, string sentence);
    }
}

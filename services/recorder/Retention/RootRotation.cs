using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Retention;

/// <summary>After the root key was changed (a new first line of the key file, a new version in Vault, another root): wraps the keys of all months under it, and records that. Objects are not touched.</summary>
internal sealed class RootRotation(IRootKeys roots, IRecordKeeper keeper, TimeProvider time)
{
    /// <summary>The months rewrapped.</summary>
    public async ValueTask<int> StepAsync(Keyring keyring, CancellationToken cancellationToken)
    {
        var months = keyring.Rewrap();
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

        return months;
    }
}

using Chaperone.Contracts;

namespace Chaperone.Recorder.Retention;

/// <summary>A hold as it lies in the store; its reason is sealed.</summary>
internal sealed record Hold(Guid Id, RetentionTarget Target, string ReasonKey, byte[] Reason, RetentionAct Set, RetentionAct? Lifted);

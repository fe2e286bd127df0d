using Chaperone.Contracts;

namespace Chaperone.Recorder.Disclosures;

/// <summary>One identifier in a call.</summary>
/// <param name="Mark">16 bytes of pseudonym.</param>
/// <param name="Class">What it was taken for.</param>
/// <param name="Place">Where it stood.</param>
internal readonly record struct PatientMark(ReadOnlyMemory<byte> Mark, PatientIdentifierClass Class, PatientPlace Place);

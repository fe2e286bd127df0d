namespace Chaperone.Recorder.Elastic;

/// <summary>What setup did to one thing.</summary>
/// <param name="What">The thing, e.g. <c>data stream logs-chaperone.audit-default</c>.</param>
/// <param name="Did"><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>kept</c>.</param>
/// <param name="Note">Why, where that is not plain.</param>
internal sealed record SetupStep(string What, string Did, string? Note = null);

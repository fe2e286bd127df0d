namespace Chaperone.Recorder.Elastic;

/// <summary>What setup is to make.</summary>
/// <param name="Namespace">Last part of the streams' names.</param>
/// <param name="AuditDays">Days that audit, control and checkpoints are kept after their rollover; at least <see cref="ElasticTemplates.FloorDays"/>.</param>
/// <param name="ContentDays">Days that masked bodies are kept after their rollover.</param>
internal sealed record SetupPlan(string Namespace, int AuditDays, int ContentDays)
{
    /// <summary>All that is wrong with it, each with its remedy.</summary>
    public IReadOnlyList<string> Problems()
    {
        var wrong = new List<string>();
        if (!ElasticOptionsCheck.IsNamespace(Namespace))
        {
            wrong.Add($"The namespace is {ElasticOptionsCheck.ShapeOf(Namespace)}: give 1 to 100 of a-z, 0-9, '_' and '.', e.g. default.");
        }

        if (AuditDays is < ElasticTemplates.FloorDays or > 36_500)
        {
            wrong.Add($"Audit records would be kept {AuditDays} days: give {ElasticTemplates.FloorDays} (six years, 45 CFR 164.316(b)(2)(i)) to 36500.");
        }

        if (ContentDays is < 1 or > 36_500)
        {
            wrong.Add($"Masked bodies would be kept {ContentDays} days: give 1 to 36500.");
        }

        return wrong;
    }

    /// <summary>Days of one kind of stream.</summary>
    public int Days(string dataset) => dataset == ElasticDatasets.Content ? ContentDays : AuditDays;
}

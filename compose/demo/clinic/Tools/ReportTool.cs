using System.ComponentModel;
using Chaperone.Demo.Clinic.Data;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>A report that takes its time.</summary>
[McpServerToolType]
internal sealed class ReportTool(ChartStore charts, IOptions<ClinicOptions> options, TimeProvider time)
{
    private const int Steps = 15;

    [McpServerTool(Name = "long_report", Title = "Write the utilization report", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Counts encounters by department and kind, slowly: about 15 seconds with progress on the way. Can be cancelled.")]
    public async Task<Report> Run(IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        for (var step = 1; step <= Steps; step++)
        {
            await Task.Delay(options.Value.ReportTime / Steps, time, cancellationToken);
            progress.Report(new ProgressNotificationValue { Progress = step, Total = Steps, Message = $"Counted part {step} of {Steps}" });
        }

        return new Report { Lines = [.. charts.Counts().Select(count => new ReportLine { Department = count.Department, Kind = count.Kind, Encounters = count.Count })] };
    }

    /// <summary>The report.</summary>
    internal sealed record Report
    {
        public required ReportLine[] Lines { get; init; }
    }

    /// <summary>One line of it.</summary>
    internal sealed record ReportLine
    {
        public required string Department { get; init; }

        public required string Kind { get; init; }

        public required int Encounters { get; init; }
    }
}

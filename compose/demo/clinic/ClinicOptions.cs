using System.ComponentModel.DataAnnotations;

namespace Chaperone.Demo.Clinic;

/// <summary>Settings under <c>Clinic</c> (environment <c>CHAPERONE_Clinic__...</c>).</summary>
public sealed class ClinicOptions
{
    /// <summary>The SQLite database; made at first start. Default <c>data/clinic/clinic.db</c>.</summary>
    [Required]
    public string DatabaseFile { get; set; } = Path.Combine("data", "clinic", "clinic.db");

    /// <summary>How many patients a new database gets, 10 to 100,000; default 3,000. The same number gives the same patients.</summary>
    [Range(10, 100_000)]
    public int Patients { get; set; } = 3_000;

    /// <summary>How long <c>long_report</c> takes; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReportTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest run of one SQL statement; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

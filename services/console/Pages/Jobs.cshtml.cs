using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>How the work in the background stands, for administrators.</summary>
internal sealed class JobsModel(Rooms rooms, TimeProvider time) : PageModel
{
    // Workers say every 30 s that they live.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    public JobsReport Report { get; private set; } = null!;

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>A worker that has been silent for long is dead, or cannot reach the store.</summary>
    public bool IsStale(JobWorker worker) => worker.SeenAt is { } seen && Now - seen > LongestSilence;

    public static string Words(string kind) => kind switch
    {
        "notice" => "People to tell",
        "card" => "Cards to bring up to date",
        "click" => "Clicks to answer",
        "record" => "Steps to record",
        _ => kind,
    };

    public async Task OnGetAsync() => Report = await rooms.ReadJobsAsync(new ReadJobs(), HttpContext.RequestAborted);
}

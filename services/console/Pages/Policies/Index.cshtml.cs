using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Policies;

/// <summary>The policy in force, those before it, and what differs between two.</summary>
internal sealed class IndexModel(Rooms rooms, TimeProvider time) : PageModel
{
    public PolicyReport Report { get; private set; } = null!;

    /// <summary>The version that the shown one is compared with; null for none.</summary>
    public string? Against { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(string? version, string? against)
    {
        Against = against is { Length: > 0 } ? against : null;
        Report = await rooms.ReadPolicyAsync(new ReadPolicy { Digest = version is { Length: > 0 } ? version : null, Against = Against }, HttpContext.RequestAborted);
    }
}

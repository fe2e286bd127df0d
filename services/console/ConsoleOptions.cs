using System.ComponentModel.DataAnnotations;

namespace Chaperone.Console;

/// <summary>Settings under <c>Console</c> (environment <c>CHAPERONE_Console__...</c>).</summary>
public sealed class ConsoleOptions
{
    /// <summary>The OpenID Connect issuer people sign in with, e.g. <c>https://login.example.org</c>; required.</summary>
    public string? Authority { get; set; }

    /// <summary>This application's client id at the issuer; default <c>chaperone-console</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Console:ClientId is empty; set the client id registered at the issuer.")]
    public string ClientId { get; set; } = "chaperone-console";

    /// <summary>File with the client secret; null for a public client (PKCE is used either way).</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Scopes asked for, separated by spaces; default <c>openid profile email</c>. Some issuers give groups only for a <c>groups</c> scope.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Console:Scope is empty; it needs at least openid.")]
    public string Scope { get; set; } = "openid profile email";

    /// <summary>Claim of the id token that holds the groups; default <c>groups</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Console:GroupsClaim is empty; set the claim that holds the groups.")]
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Default true: the issuer is asked over HTTPS only. False is for trials on one machine.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>Where browsers reach the console, e.g. <c>https://console.example.org</c>; needed behind a TLS-terminating proxy. Null: the request's own scheme and host.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Folder for the keys that protect cookies, owner-only; replicas of the console share it. Default <c>data/console</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Console:DataDirectory is empty; set a folder only this service may read.")]
    public string DataDirectory { get; set; } = Path.Combine("data", "console");

    /// <summary>Groups whose members may see and decide approvals; empty: nobody.</summary>
    public string[] ApproverGroups { get; set; } = [];

    /// <summary>Groups whose members may search and read sessions and see the ledger's integrity; empty: nobody.</summary>
    public string[] AnalystGroups { get; set; } = [];

    /// <summary>Groups whose members may see approvals (never decide them) and the ledger's integrity; empty: nobody.</summary>
    public string[] AdminGroups { get; set; } = [];

    /// <summary>Groups whose members may have sealed content shown, each time with a reason and recorded first; they need to be in a group of <see cref="AnalystGroups"/> as well. Empty (the default): nobody.</summary>
    public string[] RevealGroups { get; set; } = [];

    /// <summary>Groups whose members may set and lift legal holds, and ask for, agree to or refuse the destruction of records; two different people are needed for each. Empty (the default): nobody.</summary>
    public string[] CustodianGroups { get; set; } = [];

    /// <summary>Groups whose members plan reviews of the records and sign them; findings are written by analysts, too. Empty (the default): nobody.</summary>
    public string[] ReviewerGroups { get; set; } = [];

    /// <summary>A person is signed out after this long without opening a page; default 30 min, 1 min to 8 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "08:00:00", ErrorMessage = "Console:IdleTimeout must be 00:01:00 to 08:00:00.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A person signs in again after this long whatever they do, and groups are read anew; default 8 h, 5 min to 24 h.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00", ErrorMessage = "Console:SignInLifetime must be 00:05:00 to 1.00:00:00.")]
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromHours(8);
}

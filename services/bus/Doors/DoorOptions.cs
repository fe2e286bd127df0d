using System.ComponentModel.DataAnnotations;

namespace Chaperone.Bus.Doors;

/// <summary>Settings under <c>Doors</c> (environment <c>CHAPERONE_Doors__...</c>): how often one address may come before it is known who that is. 0 is no limit.</summary>
public sealed class DoorOptions
{
    /// <summary>Reverse proxies whose <c>X-Forwarded-For</c> is believed, as addresses or networks, e.g. <c>10.0.0.5</c> or <c>10.0.1.0/24</c>. Default those of <c>Edge:TrustedProxies</c>. Behind a proxy that is not named here all callers are one address.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Requests to the console's sign-in and sign-out, a minute and address; default 300. A sign-in takes two.</summary>
    [Range(0, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 300;

    /// <summary>Messages to Slack's and Teams' doors and to back-channel logout, a minute and address; default 3,000, since all of a chat's come from few.</summary>
    [Range(0, 1_000_000)]
    public int SignedPerMinute { get; set; } = 3000;

    /// <summary>Requests for the published ledger and for metadata, a minute and address; default 12,000: verifying a large ledger reads many tiles.</summary>
    [Range(0, 1_000_000)]
    public int PublicPerMinute { get; set; } = 12_000;

    internal int Of(DoorKind kind) => kind switch
    {
        DoorKind.SignIn => SignInsPerMinute,
        DoorKind.Signature => SignedPerMinute,
        _ => PublicPerMinute,
    };
}

using System.Text;
using Chaperone.Approval.Notices;

namespace Chaperone.Approval.Tests;

public sealed class WebhookSignatureTests
{
    /// <summary>Known answer, computed with <c>printf '1772359200.{"a":1}' | openssl dgst -sha256 -hmac KEY</c>.</summary>
    [Fact]
    public void Compute_KnownBody_IsWhatOpensslSays() => Assert.Equal(
        "t=1772359200,k=k1,v1=7674047f8ee995b27e07b7419069b5429251fbe527dbc36f0550ef7c3a5ed9a8",
        WebhookSignature.Compute(
            "k1",
            Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"),
            new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
            Encoding.ASCII.GetBytes("""{"a":1}""")));
}

using System.Text;
using Chaperone.Approval.Slack;

namespace Chaperone.Approval.Tests.Slack;

public sealed class SlackSignatureTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        + "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    /// <summary>The vector in Slack's "Verifying requests from Slack".</summary>
    [Fact]
    public void Holds_PublishedVector_IsTrue() =>
        Assert.True(SlackSignature.Holds(Secret, Timestamp, Signature, Encoding.UTF8.GetBytes(Body), At));

    /// <summary>Attack: a recorded request is sent again later, or its time is moved.</summary>
    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Holds_ByAge_FiveMinutesEitherWay(int secondsLater, bool holds) =>
        Assert.Equal(holds, SlackSignature.Holds(Secret, Timestamp, Signature, Encoding.UTF8.GetBytes(Body), At.AddSeconds(secondsLater)));

    /// <summary>Attack: anything but the exact secret, time, signature and body.</summary>
    [Theory]
    [InlineData("8f742231b10e8888abcd99yyyzzz85a6", Timestamp, Signature, "")]
    [InlineData(Secret, "1531420619", Signature, "")]
    [InlineData(Secret, " 1531420618", Signature, "")]
    [InlineData(Secret, "+1531420618", Signature, "")]
    [InlineData(Secret, null, Signature, "")]
    [InlineData(Secret, Timestamp, null, "")]
    [InlineData(Secret, Timestamp, "", "")]
    [InlineData(Secret, Timestamp, "v0=", "")]
    [InlineData(Secret, Timestamp, "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", "")]
    [InlineData(Secret, Timestamp, "v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503", "")]
    [InlineData(Secret, Timestamp, Signature, "&")]
    public void Holds_AnythingElse_IsFalse(string secret, string? timestamp, string? signature, string more) =>
        Assert.False(SlackSignature.Holds(secret, timestamp, signature, Encoding.UTF8.GetBytes(Body + more), At));
}

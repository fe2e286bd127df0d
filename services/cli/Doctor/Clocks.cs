using System.Globalization;

namespace Chaperone.Cli.Doctor;

/// <summary>This machine's clock against others'.</summary>
internal static class Clocks
{
    // Tokens are taken 30 s early or late (TrustedIssuer), so half of it is time to look.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Ill = TimeSpan.FromSeconds(30);

    /// <param name="whose">E.g. <c>the issuer</c>.</param>
    /// <param name="theirs">Their time.</param>
    /// <param name="time">Ours.</param>
    /// <param name="coarse">How coarse their time is; a <c>Date</c> header counts whole seconds.</param>
    public static Diagnosis Judge(string whose, DateTimeOffset theirs, TimeProvider time, TimeSpan coarse)
    {
        var difference = time.GetUtcNow() - theirs;
        var apart = difference.Duration() - coarse;
        var words = string.Create(CultureInfo.InvariantCulture, $"this machine is {Math.Abs(difference.TotalSeconds):0.0} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} {whose}");
        const string remedy = "Have both follow the same time servers (systemd-timesyncd or chrony).";
        return apart >= Ill ? Diagnosis.Ill("clock", words, remedy) : apart >= Look ? Diagnosis.Look("clock", words, remedy) : Diagnosis.Well("clock", words);
    }
}

using Chaperone.Bus.Signing;
using Chaperone.Contracts;
using Chaperone.Policy.Reading;
using Chaperone.TestKit;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Versions;

/// <summary>Signed policies. Attack: changing the policy with the right to write its file and nothing more.</summary>
public sealed class SigningTests : IDisposable
{
    private const string Allowing = Head + "  - { name: a, match: { tool: query }, effect: allow }\n";
    private const string Denying = Head + "  - { name: d, match: { tool: query }, effect: deny }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-signers-").FullName;
    private readonly PolicySigner _ann;
    private readonly PolicySigner _eve;

    public SigningTests()
    {
        _ann = new PolicySigner(_folder, "ann");
        _eve = new PolicySigner(_folder, "eve");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_Signed_IsInForceWithItsSigner()
    {
        await using var room = Room(Allowing);
        _ann.Sign(room.File);

        await room.StartAsync();

        Assert.Equal(CallEffect.Allow, Effect(room));
        Assert.Equal(["ann"], Assert.Single(room.Archive.Read()).Signers);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another key")]
    [InlineData("other content")]
    [InlineData("another name")]
    [InlineData("altered")]
    [InlineData("nobody")]
    [InlineData("too long")]
    public async Task Start_NotSignedAsAsked_IsRefused(string attack)
    {
        await using var room = Room(Allowing);
        Attack(room.File, attack);

        var refused = await Assert.ThrowsAsync<PolicyFileException>(() => room.Keeper.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("is not signed", Assert.Single(refused.Problems).ToString(), StringComparison.Ordinal);
        Assert.Empty(room.Archive.Read());
    }

    [Fact]
    public async Task Change_Unsigned_KeepsTheLastUntilItIsSigned()
    {
        await using var room = Room(Allowing);
        _ann.Sign(room.File);
        await room.StartAsync();

        room.Replace(Denying);
        await room.UntilAsync(() => room.Keeper.Problems.Count == 1);
        var unsigned = Effect(room);
        _ann.Sign(room.File);
        await room.UntilAsync(() => room.Keeper.Problems.Count == 0);

        Assert.Equal((CallEffect.Allow, CallEffect.Deny), (unsigned, Effect(room)));
    }

    [Fact]
    public async Task Change_OfAnIncludedFileThatIsNotSigned_IsRefused()
    {
        await using var room = Room(Head + "  []\ninclude: more.yaml\n");
        var more = Path.Combine(room.Folder, "more.yaml");
        await File.WriteAllTextAsync(more, "version: 1\nrules: []\n", TestContext.Current.CancellationToken);
        _ann.Sign(room.File, "more.yaml");
        await room.StartAsync();

        await File.WriteAllTextAsync(more, "version: 1\nrules: [{ name: a, match: { tool: query }, effect: allow }]\n", TestContext.Current.CancellationToken);
        await room.UntilAsync(() => room.Keeper.Problems.Count == 1);

        Assert.Equal(CallEffect.Deny, Effect(room));
    }

    private PolicyRoom Room(string yaml) => new(yaml, signing: new PolicySigningOptions { RequireSignature = true, TrustedSigners = { _ann.PublicFile } });

    private static CallEffect Effect(PolicyRoom room) => room.Keeper.Current.Decide(Call("tools/call", "query")).Decision.Effect;

    private void Attack(string file, string attack)
    {
        var signature = file + PolicySignature.Extension;
        switch (attack)
        {
            case "another key":
                _eve.Sign(file);
                break;
            case "other content":
                _ann.Sign(file);
                File.AppendAllText(file, "\n# more\n");
                break;
            case "another name":
                var copy = file + ".copy";
                File.Copy(file, copy);
                _ann.Sign(copy);
                File.Move(copy + PolicySignature.Extension, signature);
                break;
            case "altered":
                _ann.Sign(file);
                File.WriteAllText(signature, File.ReadAllText(signature).Replace("signature v1\n", "signature v1\n" + new string('0', 64) + " other.yaml\n", StringComparison.Ordinal));
                break;
            case "nobody":
                File.WriteAllText(signature, PolicySignature.Of([("policy.yaml", File.ReadAllBytes(file))]).ToString());
                break;
            case "too long":
                _ann.Sign(file);
                File.AppendAllText(signature, new string('\n', PolicySignature.MaxBytes));
                break;
        }
    }
}

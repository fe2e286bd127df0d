using System.Security.Cryptography;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Recorder.Tests.Keys;

/// <summary>The client of Vault: what it asks, what it takes for an answer, and what it says when there is none.</summary>
public class VaultTransitTests
{
    private const string Mount = "transit";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 40, 16, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_EncryptRewrapDecrypt_KeepsOrder()
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = stage.Transit(_time);
        byte[][] keys = [.. Enumerable.Range(0, 50).Select(_ => RandomNumberGenerator.GetBytes(60))];

        var wrapped = transit.Encrypt(Mount, VaultStage.KeyName, keys);
        stage.Key.Rotate();
        var rewrapped = transit.Rewrap(Mount, VaultStage.KeyName, wrapped);

        Assert.All(wrapped, w => Assert.Equal(1, VaultKeyId.VersionOf(w)));
        Assert.All(rewrapped, w => Assert.Equal(2, VaultKeyId.VersionOf(w)));
        Assert.Equal(keys, transit.Decrypt(Mount, VaultStage.KeyName, rewrapped));
        Assert.Equal(2, transit.ReadKey(Mount, VaultStage.KeyName).LatestVersion);
    }

    [Theory]
    [InlineData("sealed", "Unseal it.")]
    [InlineData("forbidden", "Renew the token, give its policy update on transit/encrypt/chaperone-records")]
    [InlineData("derived", "Look at the settings of the key.")]
    [InlineData("redirect", "It redirects, as a standby does: name the active node")]
    [InlineData("limited", "Raise its rate limit")]
    [InlineData("page", "Is this Vault's address, or a proxy's page?")]
    [InlineData("few", "Is this Vault's address, or a proxy's page?")]
    [InlineData("deep", "Is this Vault's address, or a proxy's page?")]
    [InlineData("large", "cannot be reached (ConfigurationLimitExceeded)")]
    [InlineData("cut", "cannot be reached")]
    [InlineData("stall", "did not answer within 1 s")]
    [InlineData("broken", "Look at its log.")]
    [InlineData("token", "vault-token, which cannot be read")]
    [InlineData("words", "more than one word")]
    public async Task Encrypt_VaultNotWell_SaysWhatToDo(string how, string expected)
    {
        await using var stage = await VaultStage.StartAsync();
        Break(stage, how);

        var transit = stage.Transit(_time, o => o.Timeout = how == "stall" ? TimeSpan.FromSeconds(1) : o.Timeout);
        var e = Assert.Throws<RootAwayException>(() => transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    /// <summary>With the least policy a key that is not there is refused: an encrypt must never make one.</summary>
    [Fact]
    public async Task Encrypt_NoSuchKey_MakesNone()
    {
        await using var stage = await VaultStage.StartAsync();
        stage.Server.Transit.Delete(VaultStage.KeyName);

        var e = Assert.Throws<RootAwayException>(() => stage.Transit(_time).Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));

        Assert.Contains("see that the key exists", e.Message, StringComparison.Ordinal);
        const string make = "Make the key (vault write -f transit/keys/chaperone-records)";
        Assert.Contains(make, Assert.Throws<RootAwayException>(() => stage.Transit(_time).Decrypt(Mount, VaultStage.KeyName, ["vault:v1:AAAA"])).Message, StringComparison.Ordinal);
        Assert.Contains(make, Assert.Throws<RootAwayException>(() => stage.Transit(_time).ReadKey(Mount, VaultStage.KeyName)).Message, StringComparison.Ordinal);
        Assert.False(stage.Server.Transit.Has($"transit/keys/{VaultStage.KeyName}"));
    }

    [Fact]
    public async Task Decrypt_OneAlteredOfMany_IsTamperingAndNotAnOutage()
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = stage.Transit(_time);
        var wrapped = transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32], new byte[32]]);

        Assert.Throws<CryptographicException>(() => transit.Decrypt(Mount, VaultStage.KeyName, [wrapped[0], "vault:v1:AAAA" + wrapped[1][13..]]));
        Assert.Throws<CryptographicException>(() => transit.Decrypt(Mount, VaultStage.KeyName, ["plain"]));
        Assert.Contains("older backup", Assert.Throws<RootAwayException>(() => transit.Decrypt(Mount, VaultStage.KeyName, ["vault:v9" + wrapped[0][8..]])).Message, StringComparison.Ordinal);
    }

    /// <summary>While Vault is away it is asked after 1, 2, 4, 8, 10, 10 ... s, whoever asks how often; and at once again when it is back.</summary>
    [Fact]
    public async Task Encrypt_Away_IsAskedEverMoreRarely()
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = stage.Transit(_time);
        stage.Server.Sealed = true;
        var asked = new List<int>();
        for (var second = 0; second < 40; second++)
        {
            Assert.Throws<RootAwayException>(() => transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
            asked.Add(stage.Server.Asked.Count);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1, 3, 7, 15, 25, 35], Enumerable.Range(0, 40).Where(s => s == 0 || asked[s] > asked[s - 1]));
        stage.Server.Sealed = false;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
        Assert.Single(transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
    }

    [Fact]
    public async Task Send_TokenFileRotated_IsReadAnew()
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = stage.Transit(_time);
        transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]);

        await stage.GiveTokenAsync("canary-second");

        Assert.Single(transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
    }

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("approle")]
    public async Task Send_Login_IsRepeatedBeforeItEndsAndWhenItWasRevoked(string login)
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = LoggingIn(stage, login);

        transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]);
        transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]);
        Assert.Equal(1, stage.Server.Logins);
        _time.Advance(TimeSpan.FromSeconds(stage.Server.Lease * 2 / 3.0 + 1));
        transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]);
        Assert.Equal(2, stage.Server.Logins);
        _time.Advance(TimeSpan.FromMinutes(1));
        stage.Server.Tokens.Clear();
        transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]);
        Assert.Equal(3, stage.Server.Logins);
    }

    /// <summary>No login gives a right that the policy lacks, and a secret id may be good for a few only: an hour of asking makes few.</summary>
    [Fact]
    public async Task Send_LoginLacksARight_IsRepeatedEverMoreRarely()
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = LoggingIn(stage, "approle");
        var policy = VaultStage.LeastPolicy;
        policy.Remove($"transit/keys/{VaultStage.KeyName}");
        for (var n = 1; n <= 300; n++)
        {
            stage.Server.Policies[$"canary-vault-token-{n}"] = policy;
        }

        var minutes = new List<int>();
        for (var second = 0; second < 3600; second += 15)
        {
            var before = stage.Server.Logins;
            var e = Assert.Throws<RootAwayException>(() => transit.ReadKey(Mount, VaultStage.KeyName));
            Assert.Contains("and read on transit/keys/chaperone-records", e.Message, StringComparison.Ordinal);
            if (stage.Server.Logins > before)
            {
                minutes.Add(second / 60);
            }

            _time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal("0 1 3 7 15 31 47", string.Join(' ', minutes));
        Assert.Equal(7, stage.Server.Logins);
        Assert.Single(transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
    }

    /// <summary>While it is asked whether Vault is back, which may take long, all others hear at once what it said last.</summary>
    [Fact]
    public async Task Encrypt_AwayAndAskedJustNow_IsRefusedAtOnce()
    {
        await using var stage = await VaultStage.StartAsync();
        var transit = stage.Transit(_time);
        stage.Server.Sealed = true;
        Assert.Throws<RootAwayException>(() => transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
        _time.Advance(TimeSpan.FromSeconds(1));
        var (asked, answer) = stage.Hang();
        var asking = Task.Run(() => transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]), Cancel);
        await asked.WaitAsync(TestLimits.Signal, Cancel);

        var e = Assert.Throws<RootAwayException>(() => transit.Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));

        Assert.Contains("Unseal it.", e.Message, StringComparison.Ordinal);
        Assert.False(asking.IsCompleted);
        answer.SetResult();
        await Assert.ThrowsAsync<RootAwayException>(() => asking.WaitAsync(TestLimits.Signal, Cancel));
    }

    [Fact]
    public async Task Send_Namespace_IsNamed()
    {
        await using var stage = await VaultStage.StartAsync();
        stage.Server.Namespace = "hospital/";

        Assert.Single(stage.Transit(_time, o => o.Namespace = "hospital/").Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
        Assert.Throws<RootAwayException>(() => stage.Transit(_time).Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
    }

    /// <summary>Attack: another server with a certificate of another authority, though one that this machine might trust.</summary>
    [Fact]
    public async Task Send_Tls_TrustsTheNamedAuthorityOnly()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority("Other");
        await using var server = await VaultServer.StartAsync(Cancel, new HttpsConnectionAdapterOptions { ServerCertificate = authority.Issue("vault") });
        server.Transit.Make(VaultStage.KeyName);
        server.Tokens["t"] = true;
        var folder = RecorderRig.NewFolder();
        string Write(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        VaultTransit Of(string name, TestAuthority trusted) => new(
            new VaultConnection(new VaultRootOptions { Address = new Uri(server.Url), TokenFile = Write("token", "t"), AuthorityFile = Write(name, trusted.Certificate.ExportCertificatePem()), Timeout = TestLimits.Signal }, _time), _time);

        Assert.Single(Of("good.pem", authority).Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
        var e = Assert.Throws<RootAwayException>(() => Of("bad.pem", other).Encrypt(Mount, VaultStage.KeyName, [new byte[32]]));
        Assert.Contains("SecureConnectionError", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in for Vault, its bytes are an answer or a reason, never another exception.</summary>
    [Fact]
    public void Read_AnyBytes_IsAnAnswerOrNone()
    {
        byte[] honest = [.. """{"errors":["a\u0007b"],"data":{"type":"aes256-gcm96","latest_version":3,"min_decryption_version":1,"derived":false,"batch_results":[{"ciphertext":"vault:v3:AA=="}]}}"""u8];
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = honest[..RandomNumberGenerator.GetInt32(honest.Length + 1)];
            for (var change = RandomNumberGenerator.GetInt32(4); change > 0 && bytes.Length > 0; change--)
            {
                bytes[RandomNumberGenerator.GetInt32(bytes.Length)] = (byte)RandomNumberGenerator.GetInt32(256);
            }

            using var answer = new VaultAnswer(System.Net.HttpStatusCode.OK, bytes);
            _ = VaultKeyFacts.Read(answer.Data);
            Assert.DoesNotContain(answer.Error ?? "", char.IsControl);
        }
    }

    private VaultTransit LoggingIn(VaultStage stage, string login)
    {
        string Write(string name, string text)
        {
            var path = Path.Combine(stage.Folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        return stage.Transit(_time, o =>
        {
            o.TokenFile = null;
            o.KubernetesRole = login == "kubernetes" ? stage.Server.Kubernetes.Role : null;
            o.KubernetesTokenFile = Write("jwt", stage.Server.Kubernetes.Jwt);
            o.AppRoleIdFile = login == "approle" ? Write("role", stage.Server.AppRole.RoleId) : null;
            o.AppRoleSecretIdFile = login == "approle" ? Write("secret", stage.Server.AppRole.SecretId) : null;
        });
    }

    private static void Break(VaultStage stage, string how)
    {
        Func<HttpContext, Task> Answer(int status, string body) => http => ScriptedServer.JsonAsync(http, body, status);
        stage.Server.Sealed = how == "sealed";
        stage.Key.IsDerived = how == "derived";
        stage.Server.Instead = how switch
        {
            "redirect" => http =>
            {
                http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                http.Response.Headers.Location = "https://vault-0.example.org:8200" + http.Request.Path;
                return Task.CompletedTask;
            }
            ,
            "limited" => Answer(429, """{"errors":["request path \"transit\": rate limit quota exceeded"]}"""),
            "page" => Answer(200, "<html>Sign in</html>"),
            "few" => Answer(200, """{"data":{"batch_results":[]}}"""),
            "deep" => Answer(200, string.Concat(Enumerable.Repeat("""{"data":""", 100)) + "1" + new string('}', 100)),
            "large" => Answer(200, new string(' ', 300 * 1024) + "{}"),
            "broken" => Answer(500, """{"errors":["1 error occurred:\n\t* internal error\n\n"]}"""),
            "cut" => http =>
            {
                http.Abort();
                return Task.CompletedTask;
            }
            ,
            "stall" => http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
            _ => null,
        };
        switch (how)
        {
            case "forbidden":
                stage.Server.Tokens.Clear();
                break;
            case "token":
                File.Delete(stage.TokenFile);
                break;
            case "words":
                File.WriteAllText(stage.TokenFile, "canary one\ncanary two");
                break;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Signing;
using Chaperone.Edge.Upstream.Credentials;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Upstream;

/// <summary>The upstream servers of the policy file, re-read when it changes; a broken file keeps the last good one and shouts.</summary>
internal sealed partial class UpstreamDirectory : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);
    private readonly string _path;
    private readonly UpstreamCredentials _credentials;
    private readonly PolicySigners _signers;
    private readonly TimeProvider _time;
    private readonly string[] _issuers;
    private readonly ILogger<UpstreamDirectory> _logger;
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, UpstreamServer> _servers;
    private string _digest;
    private string? _refusal;

    public UpstreamDirectory(IOptions<EdgeOptions> options, UpstreamCredentials credentials, PolicySigners signers, TimeProvider time, ILogger<UpstreamDirectory> logger)
    {
        _path = options.Value.PolicyFile;
        _issuers = [.. options.Value.Issuers.Select(i => i.Name)];
        _credentials = credentials;
        _signers = signers;
        _time = time;
        _logger = logger;
        var text = ReadFile();
        _servers = _credentials.Equip(Parse(text));
        _digest = Digest(text);
    }

    /// <summary>The problem of the newest file; null when it was taken.</summary>
    public string? Problem { get; private set; }

    public UpstreamServer? Find(string name) => _servers.GetValueOrDefault(name);

    /// <summary>The connections to a server; they outlive reloads.</summary>
    /// <exception cref="CredentialException">There is no client certificate to show.</exception>
    public HttpMessageInvoker ClientOf(UpstreamServer server) =>
        server.MutualTls?.Client ?? _clients.GetOrAdd(server.Url.Authority, _ => NewClient(new SslClientAuthenticationOptions()));

    /// <summary>Connections of their own.</summary>
    public static HttpMessageInvoker NewClient(SslClientAuthenticationOptions tls) => new(new SocketsHttpHandler
    {
        SslOptions = tls,
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ActivityHeadersPropagator = null,
    });

    public override void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollEvery, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Reload();
            _credentials.Refresh();
        }
    }

    internal void Reload()
    {
        try
        {
            var text = ReadFile();
            var digest = Digest(text);
            if (digest == _digest)
            {
                Problem = Problem == _refusal ? null : Problem;
                return;
            }

            _digest = digest;
            _servers = _credentials.Equip(Parse(text));
            Problem = null;
            Log.Reloaded(_logger, _servers.Count);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            if (Problem != e.Message)
            {
                Problem = e.Message;
                Log.ReloadFailed(_logger, e.Message);
            }
        }
    }

    private IReadOnlyDictionary<string, UpstreamServer> Parse(string text)
    {
        var servers = UpstreamFile.Parse(_path, text);
        foreach (var server in servers.Values)
        {
            if (server.Issuers.FirstOrDefault(i => !_issuers.Contains(i, StringComparer.Ordinal)) is { } unknown)
            {
                throw new InvalidDataException($"{_path}: servers.{server.Name}.issuers names {unknown}, which Edge:Issuers does not have; add it there, or write one of: {string.Join(", ", _issuers)}.");
            }
        }

        return servers;
    }

    /// <summary>The file, signed if it must be: who could put an address in it would be sent the credentials of its server.</summary>
    private string ReadFile()
    {
        var bytes = File.ReadAllBytes(_path);
        try
        {
            _signers.Require(_path, bytes);
        }
        catch (InvalidDataException e)
        {
            _refusal = e.Message;
            throw;
        }

        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Information, "Upstream servers were re-read: {Count}")]
        public static partial void Reloaded(ILogger logger, int count);

        [LoggerMessage(1102, LogLevel.Error, "The policy file's servers cannot be read, the last good ones stay: {Problem}")]
        public static partial void ReloadFailed(ILogger logger, string problem);
    }
}

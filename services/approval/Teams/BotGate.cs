using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Approval.Teams;

/// <summary>
/// Tells whether an activity comes from the Bot Framework (learn.microsoft.com, "Authentication with the Bot Connector API"):
/// a token of its issuer for this bot, signed now by a key that is endorsed for Teams, and made for the activity's own service address.
/// </summary>
internal sealed partial class BotGate
{
    public const string Issuer = "https://api.botframework.com";
    private const string Channel = "msteams";
    private const int LongestToken = 16 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _keys;
    private readonly TeamsBotOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BotGate> _logger;

    public BotGate(IOptions<ApprovalOptions> options, TimeProvider time, ILogger<BotGate> logger)
    {
        _options = options.Value.Teams.Bot;
        _time = time;
        _logger = logger;
        _keys = new ConfigurationManager<OpenIdConnectConfiguration>(
            _options.MetadataUrl.AbsoluteUri,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 })
            {
                RequireHttps = !_options.MetadataUrl.IsLoopback,
            });
    }

    /// <summary>True only where all of it holds; anything else is refused without a word why.</summary>
    public async Task<bool> AdmitsAsync(string? authorization, BotActivity activity)
    {
        const string Scheme = "Bearer ";
        if (activity.ChannelId != Channel || authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var result = await _handler.ValidateTokenAsync(authorization[Scheme.Length..].Trim(), Parameters());
        if (!result.IsValid)
        {
            Log.Refused(_logger, result.Exception.GetType().Name);
            return false;
        }

        var token = (JsonWebToken)result.SecurityToken;
        var problem =
            !token.TryGetPayloadValue<string>("serviceurl", out var serviceUrl) || !string.Equals(serviceUrl, activity.ServiceUrl, StringComparison.Ordinal) ? "serviceurl"
            : !IsEndorsed(await _keys.GetConfigurationAsync(CancellationToken.None), token.SigningKey?.KeyId) ? "endorsements"
            : null;
        if (problem is not null)
        {
            Log.Refused(_logger, problem);
        }

        return problem is null;
    }

    private TokenValidationParameters Parameters() => new()
    {
        ConfigurationManager = _keys,
        ValidIssuer = Issuer,
        ValidAudience = _options.AppId,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireExpirationTime = true,
        RequireSignedTokens = true,

        // The key that the token names, no other that happens to fit.
        TryAllIssuerSigningKeys = false,
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = (from, until, _, _) => until is { } end && end + ClockSkew > Now && (from is not { } begin || begin - ClockSkew <= Now),
    };

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>A key's endorsements name the channels whose activities it may sign.</summary>
    private static bool IsEndorsed(OpenIdConnectConfiguration configuration, string? keyId) =>
        keyId is not null
        && configuration.JsonWebKeySet?.Keys.Where(k => k.Kid == keyId).ToArray() is [var key]
        && key.AdditionalData.TryGetValue("endorsements", out var found)
        && found switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.String && e.GetString() == Channel),
            IEnumerable<object> list => list.Any(e => string.Equals(e?.ToString(), Channel, StringComparison.Ordinal)),
            _ => false,
        };

    private static partial class Log
    {
        [LoggerMessage(3050, LogLevel.Warning, "An activity for the Teams bot was refused ({Why})")]
        public static partial void Refused(ILogger logger, string why);
    }
}

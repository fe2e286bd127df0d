using System.Text.Json;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>What Vault says of a transit key (<c>GET /transit/keys/:name</c>); the key itself is not in it.</summary>
internal sealed record VaultKeyFacts
{
    /// <summary>E.g. <c>aes256-gcm96</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The version that encrypts now.</summary>
    public required int LatestVersion { get; init; }

    public bool CanEncrypt { get; init; }

    public bool CanDecrypt { get; init; }

    public bool IsDerived { get; init; }

    public bool IsConvergent { get; init; }

    public bool IsExportable { get; init; }

    public bool AllowsPlaintextBackup { get; init; }

    public bool MayBeDeleted { get; init; }

    /// <summary>Null when it is not what Vault documents.</summary>
    public static VaultKeyFacts? Read(JsonElement? data) =>
        Text(data, "type") is { } type && Number(data, "latest_version") is > 0 and var latest
            ? new VaultKeyFacts
            {
                Type = type,
                LatestVersion = latest,
                CanEncrypt = Is(data, "supports_encryption"),
                CanDecrypt = Is(data, "supports_decryption"),
                IsDerived = Is(data, "derived"),
                IsConvergent = Is(data, "convergent_encryption"),
                IsExportable = Is(data, "exportable"),
                AllowsPlaintextBackup = Is(data, "allow_plaintext_backup"),
                MayBeDeleted = Is(data, "deletion_allowed"),
            }
            : null;

    private static bool Is(JsonElement? data, string name) => VaultAnswer.Member(data, name) is { ValueKind: JsonValueKind.True };

    private static string? Text(JsonElement? data, string name) =>
        VaultAnswer.Text(VaultAnswer.Member(data, name)) is { } text ? VaultAnswer.Plain(text) : null;

    private static int? Number(JsonElement? data, string name) =>
        VaultAnswer.Member(data, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}

using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Pages.Policies;

/// <summary>Texts that a form carries: typed, or a file that was chosen, which then stands in the place of what was typed.</summary>
internal static class TrialTexts
{
    /// <summary>Longest, in bytes of UTF-8.</summary>
    public const int Longest = 1024 * 1024;

    /// <summary>The text; null with a problem when it is too long or there is none.</summary>
    public static async Task<(byte[]? Text, string? Problem)> ReadAsync(string? typed, IFormFile? file, string what, CancellationToken cancellationToken)
    {
        if (file is { Length: > Longest } || Encoding.UTF8.GetByteCount(typed ?? string.Empty) > Longest)
        {
            return (null, $"{what} is longer than {Longest} bytes; use the chaperone command.");
        }

        if (file is { Length: > 0 })
        {
            var bytes = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            return (bytes, null);
        }

        return string.IsNullOrWhiteSpace(typed) ? (null, $"{what} is missing: paste it or choose a file.") : (Encoding.UTF8.GetBytes(typed), null);
    }

    /// <summary>Seals <paramref name="text"/> for the bus; null stays null.</summary>
    public static SealedPayload? Seal(IPayloadSeal seal, byte[]? text, Guid requestId) => text is null ? null : seal.Seal(text, requestId);
}

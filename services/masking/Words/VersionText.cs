using System.Buffers;

namespace Chaperone.Masking.Words;

/// <summary>Versions of programs: <c>1.14.2</c>, <c>v2024.11.3-rc.1+b7</c>.</summary>
internal static class VersionText
{
    private const int Longest = 40;

    private static readonly SearchValues<byte> Allowed = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+_-"u8);

    /// <summary>True where the whole of <paramref name="value"/> (UTF-8) is a version: a number and a point first, no blank and no slash.</summary>
    public static bool Is(ReadOnlySpan<byte> value)
    {
        var rest = value.Length > 0 && value[0] is (byte)'v' ? value[1..] : value;
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return value.Length <= Longest && digits > 0 && rest[digits] == '.' && !rest.ContainsAnyExcept(Allowed);
    }
}

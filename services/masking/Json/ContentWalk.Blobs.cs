using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Chaperone.Masking.Json;

/// <content>Base64, and the addresses of resources.</content>
internal sealed partial class ContentWalk
{
    /// <summary>Masks base64: text inside is masked and encoded again; a picture, a sound or anything else is replaced by an empty one.</summary>
    public void Blob(int token, int? mediaType)
    {
        var media = mediaType is { } at && tape[at].Kind == JsonKind.String ? Encoding.UTF8.GetString(Bytes(at)) : "";
        var data = Bytes(token);
        if (data.IsEmpty)
        {
            return;
        }

        run.Tally.Token = token;
        var placeholder = Placeholders.For(media, out var identifier, out var replacedMedia);
        if (run.Exempt.Has(identifier) || data.SequenceEqual(placeholder) || (identifier == Identifier.Blob && MaskText(token, data)))
        {
            return;
        }

        run.Tally.Add(identifier, MaskRule.Form, MaskRun.Certain);
        Note(token, identifier);
        edits.Replace(tape[token].Start, tape[token].Length, placeholder);
        if (replacedMedia is not null && mediaType is { } changed && media != replacedMedia)
        {
            edits.Replace(tape[changed].Start, tape[changed].Length, Encoding.UTF8.GetBytes(replacedMedia));
        }
    }

    /// <summary>Masks what in a resource's address identifies someone and leaves the rest an address.</summary>
    public void Uri(int token)
    {
        run.Tally.Token = token;
        var buffer = ArrayPool<char>.Shared.Rent(tape[token].Length + 1);
        try
        {
            var value = buffer.AsSpan(0, JsonText.Decode(Bytes(token), tape[token].Escaped, buffer));
            if (text.MaskUri(value, run) is { } masked)
            {
                Note(token, Identifier.Url);
                edits.ReplaceString(tape[token].Start, tape[token].Length, masked);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    // True where the bytes are text and were dealt with.
    private bool MaskText(int token, ReadOnlySpan<byte> data)
    {
        var encoded = tape[token].Escaped ? Encoding.ASCII.GetBytes(Decode(token).Where(c => c < 0x80 && !char.IsWhiteSpace(c)).ToArray()) : data.ToArray();
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (Base64.DecodeFromUtf8(encoded, bytes, out _, out var length) != OperationStatus.Done || !IsText(bytes.AsSpan(0, length)))
        {
            return false;
        }

        if (text.Mask(Encoding.UTF8.GetString(bytes, 0, length), run, twin: false) is { } masked)
        {
            Note(token, Identifier.Blob);
            edits.Replace(tape[token].Start, tape[token].Length, Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(masked))));
        }

        return true;
    }

    private string Decode(int token)
    {
        var buffer = new char[tape[token].Length];
        return new string(buffer, 0, JsonText.Decode(Bytes(token), tape[token].Escaped, buffer));
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        foreach (var b in bytes)
        {
            if (b < 0x20 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0B or 0x0C or 0x1C))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Text;
using Chaperone.Masking.Places;

namespace Chaperone.Masking.Json;

/// <summary>Walks a JSON-RPC message of MCP by its fields, so that the protocol stays and the content is masked.</summary>
internal sealed class MessageWalk(ReadOnlyMemory<byte> source, JsonTape tape, JsonEdits edits, TextMasker text, MaskRun run)
{
    private const int LongestField = 128;

    private readonly ContentWalk _content = new(source, tape, edits, text, run) { Remembers = true };

    /// <summary>The person of the first record in the message; null if it names none.</summary>
    public string? FirstPerson() => _content.FirstPerson();

    /// <summary>Says where findings stand.</summary>
    public TokenPaths Paths() => _content.Paths();

    /// <summary>Walks the message; what is to change is in the edits then.</summary>
    public void Walk()
    {
        var method = OwnMethod() ?? run.Context.Method;
        if (tape[0].Kind != JsonKind.Object)
        {
            throw new WithheldException(WithheldReason.Unreadable);
        }

        Fields(0, Zone.Envelope, method);
    }

    private void Value(int token, Zone zone, string method)
    {
        switch (zone)
        {
            case Zone.Keep:
                return;
            case Zone.Result:
                zone = ZoneTables.ResultOf(method);
                break;
            case Zone.Params:
                zone = ZoneTables.ParamsOf(method);
                break;
        }

        var kind = tape[token].Kind;
        if (kind == JsonKind.Array && zone is not (Zone.Content or Zone.Structured))
        {
            for (var item = token + 1; item < tape[token].Next; item = tape[item].Next)
            {
                Value(item, zone, method);
            }
        }
        else if (kind == JsonKind.Object && (zone == Zone.Meta || ZoneTables.HasFields(zone)))
        {
            Fields(token, zone == Zone.Block && !IsBlock(token) ? Zone.Content : zone, method);
        }
        else if (kind == JsonKind.String && zone == Zone.Uri)
        {
            _content.Uri(token);
        }
        else if (zone == Zone.Structured)
        {
            var before = edits.Count;
            _content.Value(token, new ContentPlace { Schema = run.Output });
            run.StructuredChanged |= edits.Count > before;
        }
        else
        {
            _content.Value(token, new ContentPlace { Twin = zone == Zone.Text });
        }
    }

    private void Fields(int token, Zone zone, string method)
    {
        if (zone == Zone.Content)
        {
            _content.Value(token, default);
            return;
        }

        Span<char> name = stackalloc char[LongestField];
        method = zone == Zone.InputRequest && Find(token, "method") is { } own ? Read(own) : method;
        for (var key = token + 1; key < tape[token].Next;)
        {
            var value = key + 1;
            var field = tape[key].Length > LongestField ? default : name[..JsonText.Decode(Bytes(key), tape[key].Escaped, name)];
            var inner = ZoneTables.Field(zone, field);
            if (inner == Zone.Blob && tape[value].Kind == JsonKind.String)
            {
                _content.Blob(value, Find(token, "mimeType"));
            }
            else if (zone == Zone.Meta && inner == Zone.Content)
            {
                _content.Member(key, value);
            }
            else
            {
                Value(value, inner, method);
            }

            key = tape[value].Next;
        }
    }

    private string? OwnMethod() => tape[0].Kind == JsonKind.Object && Find(0, "method") is { } token ? Read(token) : null;

    private bool IsBlock(int token) =>
        Find(token, "type") is { } type && Read(type) is "text" or "image" or "audio" or "resource" or "resource_link" or "tool_use" or "tool_result";

    private string Read(int token) => tape[token].Kind == JsonKind.String ? Encoding.UTF8.GetString(Bytes(token)) : "";

    private int? Find(int token, string name)
    {
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            if (tape[key].Length == name.Length && Ascii.Equals(Bytes(key), name))
            {
                return key + 1;
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> Bytes(int token) => source.Span.Slice(tape[token].Start, tape[token].Length);
}

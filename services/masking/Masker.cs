using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Masking.Deep;
using Chaperone.Masking.Json;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Own;
using Chaperone.Masking.Patients;
using Chaperone.Masking.Schemas;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>
/// Masks the identifiers of 45 CFR 164.514(b)(2) in one MCP message. Thread-safe.
/// </summary>
/// <remarks>
/// 1. The bytes become a tape of JSON values with their places. 2. <see cref="MessageWalk"/> goes through the fields of the
/// protocol; what people or servers wrote goes to <see cref="ContentWalk"/>, where keys decide, then structures of text,
/// then detectors. 3. Names and numbers learnt on the way are looked for in everything: another walk while any are.
/// 4. The masks are cut into the original bytes; all else stays as it was. 5. A masked <c>structuredContent</c> is checked
/// with the tool's output schema. What cannot be done safely, or in time, is withheld whole.
/// </remarks>
public sealed class Masker
{
    private const int MostSchemas = 256;
    private const int MostOwn = 64;

    // What a walk learns may show more to the next one: seldom more than once.
    private const int MostWalks = 4;

    private static readonly MaskContext ScanContext = new() { Method = "tools/call" };

    private readonly MaskingOptions _options;
    private readonly TimeProvider _time;
    private readonly DeepTier? _deep;
    private readonly Toolset _tools;
    private readonly SafeHarborMask _safeHarbor = new();
    private readonly ReviewMask _review;
    private readonly IMaskForm _linked;
    private readonly SessionMasks? _sessions;
    private readonly ConcurrentDictionary<string, Toolset> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OutputSchema?> _schemas = new(StringComparer.Ordinal);

    /// <summary>
    /// A masker with checked options and the keys of <see cref="MaskingProfile.Linked"/> and <see cref="MaskingProfile.Session"/>; without keys these mask like
    /// <see cref="MaskingProfile.SafeHarbor"/>. <paramref name="deep"/> reads free text after the engine; it stays its owner's.
    /// </summary>
    public Masker(MaskingOptions options, TimeProvider time, IReadOnlyList<(string Id, byte[] Key)>? linkKeys = null, DeepTier? deep = null)
    {
        _deep = deep;
        _review = new ReviewMask(_safeHarbor);
        _linked = linkKeys is { Count: > 0 } ? new LinkedMask(new LinkKeys(linkKeys), _safeHarbor) : _safeHarbor;
        _sessions = linkKeys is { Count: > 0 } ? new SessionMasks(linkKeys[0].Key, _safeHarbor) : null;
        _options = options;
        _time = time;
        _tools = new Toolset(options.PublicHosts, null, deep is not null);
    }

    /// <summary>
    /// Masks <paramref name="message"/>, a JSON-RPC message of MCP. With <paramref name="known"/>, what this message gives
    /// away is masked in the next ones of the call too, and the other way round.
    /// </summary>
    public MaskedMessage Mask(ReadOnlyMemory<byte> message, MaskingProfile profile, MaskContext context, KnownValues? known = null) => Mask(message, profile, context, known, null);

    /// <summary>The same; <paramref name="patients"/> takes the identifiers that are masked.</summary>
    internal MaskedMessage Mask(ReadOnlyMemory<byte> message, MaskingProfile profile, MaskContext context, KnownValues? known, PatientBook? patients)
    {
        if (message.IsEmpty || profile == MaskingProfile.None)
        {
            return new MaskedMessage { Bytes = message, Findings = [] };
        }

        if (ToolsFor(context.Own) is not { } tools)
        {
            return Withheld(message, context, WithheldReason.Failed);
        }

        var text = tools.Rent();
        text.Start();
        try
        {
            return Mask(message, context, known ?? text.RentKnown(), FormOf(profile, context), text, patients);
        }
        catch (WithheldException e)
        {
            return Withheld(message, context, e.Reason);
        }

        // Whatever goes wrong here must not let the message through, and its words may hold content: only the fact goes on.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Withheld(message, context, WithheldReason.Failed);
        }
        finally
        {
            tools.Return(text);
        }
    }

    /// <summary>Masks a text as if it stood in a tool's answer, and says what was found where: JSON, HL7, tables and prose alike.</summary>
    public ScannedText Scan(string text, MaskingProfile profile = MaskingProfile.SafeHarbor, MaskContext? context = null)
    {
        if (ToolsFor(context?.Own) is not { } tools)
        {
            return new ScannedText { Masked = "", Findings = [], Reason = WithheldReason.Failed };
        }

        if (Encoding.UTF8.GetByteCount(text) > _options.MaxBytes)
        {
            return new ScannedText { Masked = "", Findings = [], Reason = WithheldReason.TooLarge };
        }

        var masker = tools.Rent();
        var edits = masker.Rent();
        masker.Start();
        try
        {
            var known = masker.RentKnown();
            var run = new MaskRun(context ?? ScanContext, FormOf(profile, context ?? ScanContext), known, _time, _options.TimeBudget) { Tally = masker.RentTally(), Deep = known.Reading(_deep), Located = true, Everybody = _linked.FollowsPeople && profile == MaskingProfile.Linked ? Digest(Encoding.UTF8.GetBytes(text)) : "" };
            masker.Mask(new TextPart(text, 0), edits, run);
            for (var walks = 1; run.MayFindMore && walks < MostWalks; walks++)
            {
                run.Start();
                edits.Clear();
                masker.Mask(new TextPart(text, 0), edits, run);
            }

            return new ScannedText
            {
                Masked = profile == MaskingProfile.None ? text : edits.Apply(new TextPart(text, 0)),
                Findings = [.. edits.Found.OrderBy(f => f.Start).Select(f => new TextFinding(f.Start, f.End, f.Identifier.Name(), Math.Round(f.Score, 2)))],
            };
        }
        catch (WithheldException e)
        {
            return new ScannedText { Masked = "", Findings = [], Reason = e.Reason };
        }

        // As in Mask: the text may be in the exception's words.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new ScannedText { Masked = "", Findings = [], Reason = WithheldReason.Failed };
        }
        finally
        {
            masker.Return(edits);
            tools.Return(masker);
        }
    }

    private MaskedMessage Mask(ReadOnlyMemory<byte> message, MaskContext context, KnownValues known, IMaskForm plain, TextMasker text, PatientBook? patients)
    {
        if (message.Length > _options.MaxBytes)
        {
            throw new WithheldException(WithheldReason.TooLarge);
        }

        using var tape = JsonTape.Read(message.Span);
        var form = patients is null ? plain : new NotedMask(plain, patients);
        var run = new MaskRun(context, form, known, _time, _options.TimeBudget) { Tally = text.RentTally(), Deep = known.Reading(_deep), Output = SchemaOf(context), Patients = patients };
        var edits = text.RentJson();
        var walk = new MessageWalk(message, tape, edits, text, run);
        if (form.FollowsPeople)
        {
            run.Everybody = walk.FirstPerson() ?? Digest(message.Span);
        }

        walk.Walk();
        for (var walks = 1; run.MayFindMore && walks < MostWalks; walks++)
        {
            run.Start();
            run.Tally.Clear();
            text.Memo.Turn();
            var again = text.RentJson();
            if (run.Before is { } older)
            {
                text.Return(older);
            }

            (run.Before, edits) = (edits, again);
            walk = new MessageWalk(message, tape, edits, text, run);
            walk.Walk();
        }

        if (run.Before is { } before)
        {
            text.Return(before);
        }

        run.CheckTime();
        if (edits.Count == 0)
        {
            text.Return(edits);
            return run.Deep is null
                ? new MaskedMessage { Bytes = message, Findings = [] }
                : new MaskedMessage { Bytes = message, Findings = run.Tally.ToFindings(), Places = run.Tally.ToPlaces(walk.Paths()), DeepTime = run.Deep.Spent };
        }

        var masked = edits.Apply(message.Span);
        text.Return(edits);
        if (run.StructuredChanged && run.Output.IsKnown && !SatisfiesSchema(masked, run.Output))
        {
            throw new WithheldException(WithheldReason.SchemaBroken);
        }

        run.CheckTime();
        return new MaskedMessage { Bytes = masked, Findings = run.Tally.ToFindings(), Places = run.Tally.ToPlaces(walk.Paths()), DeepTime = run.Deep?.Spent };
    }

    // Where nobody is known, the dates of a message still move together.
    private static string Digest(ReadOnlySpan<byte> message) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(message));

    private static bool SatisfiesSchema(byte[] masked, SchemaPlace output)
    {
        using var document = JsonDocument.Parse(masked);
        return !document.RootElement.TryGetProperty("result", out var result)
            || !result.TryGetProperty("structuredContent", out var structured)
            || output.Accepts(structured);
    }

    private static MaskedMessage Withheld(ReadOnlyMemory<byte> message, MaskContext context, WithheldReason reason) => new()
    {
        Bytes = Notice.For(message.Span, context.Method, reason),
        Findings = [new MaskFinding { Type = "WITHHELD", Count = 1 }],
        Places = [new MaskPlace { Path = "", Type = "WITHHELD", Rule = reason.ToString().ToLowerInvariant(), Count = 1, Confidence = 100 }],
        Reason = reason,
    };

    // Null where the operator's rules cannot be used: less would be masked than was asked for.
    private Toolset? ToolsFor(OwnMasking? own)
    {
        if (own is null)
        {
            return _tools;
        }

        if (_own.TryGetValue(own.Digest, out var tools))
        {
            return tools;
        }

        if (_own.Count >= MostOwn)
        {
            _own.Clear();
        }

        try
        {
            return _own.GetOrAdd(own.Digest, _ => new Toolset(_options.PublicHosts, new OwnRuleSet(own), _deep is not null));
        }
        catch (WithheldException)
        {
            return null;
        }
    }

    private IMaskForm FormOf(MaskingProfile profile, MaskContext context) => profile switch
    {
        MaskingProfile.Session => _sessions?.Of(context.SessionId) ?? _safeHarbor,
        MaskingProfile.Linked => _linked,
        MaskingProfile.Review => _review,
        _ => _safeHarbor,
    };

    private SchemaPlace SchemaOf(MaskContext context)
    {
        if (string.IsNullOrEmpty(context.OutputSchema))
        {
            return default;
        }

        if (_schemas.Count >= MostSchemas)
        {
            _schemas.Clear();
        }

        return _schemas.GetOrAdd(context.OutputSchema, OutputSchema.Read)?.Root ?? default;
    }
}

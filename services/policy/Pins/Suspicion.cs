using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chaperone.Contracts;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Pins;

/// <summary>
/// Looks in a definition for what honest tools seldom have and poisoned ones need: text that people do not see, and words meant
/// for the model instead of them. It only points: words can always be put another way, and pinning does not depend on it.
/// </summary>
internal static partial class Suspicion
{
    private const int MostFound = 50;
    private const int LongestPath = 200;
    private const int MostDepth = 256;

    private static readonly (ToolSuspicionKind Kind, Regex Words)[] Words =
    [
        (ToolSuspicionKind.Override, OverrideWords()),
        (ToolSuspicionKind.Secrecy, SecrecyWords()),
        (ToolSuspicionKind.Exfiltration, ExfiltrationWords()),
        (ToolSuspicionKind.Secrets, SecretNames()),
        (ToolSuspicionKind.Steering, SteeringWords()),
        (ToolSuspicionKind.Encoded, EncodedText()),
    ];

    /// <summary>What is found, each kind once for each place; at most 50.</summary>
    public static ToolSuspicion[] Find(JsonElement tool)
    {
        var found = new List<ToolSuspicion>();
        Look(tool, string.Empty, 0, found);
        return [.. found.Distinct().Take(MostFound)];
    }

    private static void Look(JsonElement element, string path, int depth, List<ToolSuspicion> found)
    {
        if (found.Count > MostFound || depth > MostDepth)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var below = Below(path, member.Name);
                    Judge(member.Name, below, found);
                    Look(member.Value, below, depth + 1, found);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Look(item, path, depth + 1, found);
                }

                break;
            case JsonValueKind.String:
                Judge(element.GetString()!, path, found);
                break;
        }
    }

    private static void Judge(string text, string path, List<ToolSuspicion> found)
    {
        if (HasHidden(text))
        {
            Add(ToolSuspicionKind.HiddenText);
        }

        // What hides between the letters must not hide the words, nor may their form (full width, look-alikes).
        var seen = Seen(text);
        var plain = Folding.Fold(seen);
        if (plain.Contains("<!--", StringComparison.Ordinal) || plain.Contains("[//]: #", StringComparison.Ordinal))
        {
            Add(ToolSuspicionKind.Comment);
        }

        foreach (var (kind, words) in Words)
        {
            if (words.IsMatch(plain))
            {
                Add(kind);
            }
        }

        if (MixesAlphabets(seen))
        {
            Add(ToolSuspicionKind.LookAlike);
        }

        void Add(ToolSuspicionKind kind) => found.Add(new ToolSuspicion { Kind = kind, Path = path });
    }

    private static string Below(string path, string name)
    {
        var step = name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$') ? name : "?";
        return path.Length + step.Length >= LongestPath ? path : path.Length == 0 ? step : $"{path}.{step}";
    }

    private static bool HasHidden(string text) => text.EnumerateRunes().Any(IsHidden);

    private static bool IsHidden(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => false,

        // Hangul fillers, Braille blank, combining grapheme joiner, variation selectors beyond those of emoji.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0100 and <= 0xE01EF) => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private static string Seen(string text)
    {
        var made = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Tag characters repeat ASCII where nobody sees it: read what they say.
            if (rune.Value is >= 0xE0020 and <= 0xE007E)
            {
                made.Append((char)(rune.Value - 0xE0000));
            }
            else if (!IsHidden(rune))
            {
                made.Append(rune.ToString());
            }
        }

        return made.ToString();
    }

    private static bool MixesAlphabets(string text)
    {
        var latin = false;
        var other = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
            {
                (latin, other) = (false, false);
                continue;
            }

            latin |= rune.Value is < 0x250 or (>= 0x1E00 and < 0x1F00);
            other |= rune.Value is (>= 0x370 and < 0x590) or (>= 0x13A0 and < 0x1400) or (>= 0x1F00 and < 0x2000)
                && Folding.Fold(rune.ToString()) is [>= 'a' and <= 'z', ..];
            if (latin && other)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(previous|prior|above|earlier|all|any|system|other|safety)\b.{0,30}\b(instruction|prompt|rule|message|guideline|polic|restriction|context)|</?\s*(important|system|instructions?|secret|admin)\s*>|\byou (are now|must now|will now)\b|\bnew instructions?\b|\bsystem prompt\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex OverrideWords();

    [GeneratedRegex(@"\b(do not|don'?t|never|must not|without)\b.{0,30}\b(tell|telling|mention|mentioning|inform|informing|reveal|revealing|show|showing|notify|notifying|disclose|ask|asking)\b.{0,30}\b(user|human|person|anyone|operator|them|this)\b|\b(hide|conceal|keep)\b.{0,30}\b(from the (user|human|operator)|secret|hidden)\b|\b(silently|secretly|covertly)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex SecrecyWords();

    [GeneratedRegex(@"\b(send|forward|post|upload|transmit|exfiltrate|copy|leak|email|e-mail|bcc|report)\b.{0,80}\b(to|at|via)\b.{0,20}(https?://|[\w.+-]+@[\w-]+\.\w|\b(attacker|external|remote|webhook|server|endpoint|url|address)\b)|\b(pass|include|append|put|add|provide)\b.{0,40}\b(contents?|conversation|history|chat|file|context|prompt|result)\b.{0,40}\b(as|in|to|into)\b.{0,20}\b(parameter|argument|field|sidenote|note|value)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex ExfiltrationWords();

    [GeneratedRegex(@"\.ssh\b|\bid_(rsa|ed25519|ecdsa)\b|\.aws/credentials|/etc/(passwd|shadow)|\.env\b|\bmcp\.json\b|\.netrc\b|\.kube/config|\b(private|api|secret|access)[ _-]?key\b|\bpasswords?\b|\bcredentials?\b|\benvironment variables?\b|\b(access|bearer|session) tokens?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex SecretNames();

    [GeneratedRegex(@"\b(before|after|instead of|whenever|when|prior to|in place of)\b.{0,30}\b(using|calling|invoking|use|call|running)\b.{0,30}\b(any|other|another|this|the|that)\b.{0,30}\btools?\b|\b(always|must|first)\b.{0,20}\b(call|use|invoke|read|run)\b.{0,30}\b(this|tool|first|before|file)\b|\b(the )?(assistant|model|llm|ai agent|agent)\b.{0,20}\b(must|should|shall|has to|needs to)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex SteeringWords();

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{80}|([0-9a-fA-F]{2}[ ,]?){48}|(\\x[0-9a-fA-F]{2}){8}|(%[0-9a-fA-F]{2}){8}|(&#x?[0-9a-fA-F]{2,5};){4}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EncodedText();
}

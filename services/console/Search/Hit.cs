using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Web;
using Chaperone.Contracts;

namespace Chaperone.Console.Search;

/// <summary>A message found, ready to be shown.</summary>
/// <param name="Item">As the recorder found it.</param>
/// <param name="Excerpt">A line of its masked text in pieces; the marked ones were looked for.</param>
internal sealed record Hit(MessageItem Item, IReadOnlyList<(string Text, bool IsMarked)> Excerpt)
{
    public static Hit Of(MessageItem item, string? words, IPayloadSeal seal)
    {
        if (item is not { Entry: { } entry, Excerpt: { } excerpt })
        {
            return new Hit(item, []);
        }

        try
        {
            return new Hit(item, Mark(Say.Visible(Encoding.UTF8.GetString(seal.Open(excerpt, entry.EventId))), words));
        }
        catch (CryptographicException)
        {
            return new Hit(item, []);
        }
    }

    /// <summary>Cuts a text at each place where one of the words stands; a comfort for the eye, so a word inside another one is marked as well.</summary>
    public static IReadOnlyList<(string Text, bool IsMarked)> Mark(string text, string? words)
    {
        string[] sought = [.. (words ?? "").Split('"').SelectMany((p, i) => i % 2 == 1 ? [p] : p.Split(' ')).Select(w => w.Trim('*', ' ')).Where(w => w.Length > 0)];
        var pieces = new List<(string, bool)>();
        var compare = CultureInfo.InvariantCulture.CompareInfo;
        while (text.Length > 0)
        {
            var (at, length) = (text.Length, 0);
            foreach (var word in sought)
            {
                var found = compare.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace, out var matched);
                if (found >= 0 && found < at && matched > 0)
                {
                    (at, length) = (found, matched);
                }
            }

            if (at > 0)
            {
                pieces.Add((text[..at], false));
            }

            if (length > 0)
            {
                pieces.Add((text.Substring(at, length), true));
            }

            text = text[Math.Min(text.Length, at + length)..];
        }

        return pieces;
    }
}

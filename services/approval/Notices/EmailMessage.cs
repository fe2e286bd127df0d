using System.Globalization;
using MimeKit;

namespace Chaperone.Approval.Notices;

/// <summary>A card as a plain-text mail.</summary>
internal static class EmailMessage
{
    private const int LongestWord = 200;

    public static MimeMessage Of(NoticeCard card, Uri link, EmailOptions email, DateTimeOffset now)
    {
        var from = MailboxAddress.Parse(email.From ?? throw new InvalidOperationException("Approval:Email:From is not set."));
        var what = Word(card.Tool ?? card.Method);
        var message = new MimeMessage
        {
            Subject = Word(card.Question()),
            MessageId = $"{card.DeliveryId}.{card.ExpiresAt.ToUnixTimeMilliseconds()}@{from.Domain}",
            Date = now,
            Body = new TextPart("plain") { Text = Text(card, what, link) },
        };
        message.From.Add(from);
        message.To.AddRange(email.To.Select(MailboxAddress.Parse));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static string Text(NoticeCard card, string what, Uri link) =>
        $"""
        {card.ApprovalId} waits for your answer.

        Who:      {Word(card.Requester)}
        What:     {what}
        Where:    {Word(card.Server)}
        Why held: rule {Word(card.Rule)}
        Risk:     {Word(card.Risk ?? "unknown")}
        Needs:    {Word(card.Needs())}
        Expires:  {card.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}

        Look and answer (you sign in there; the link works once):
        {link.AbsoluteUri}

        """;

    private static string Word(string text) => ShownText.Line(text, LongestWord);
}

using Chaperone.Contracts;

namespace Chaperone.Console.Pages;

/// <summary>What the forms of the page send.</summary>
public sealed class RetentionForm
{
    /// <summary><c>hold</c>, <c>lift</c>, <c>ask</c>, <c>agree</c> or <c>refuse</c>.</summary>
    public string? Do { get; set; }

    public Guid? Id { get; set; }

    /// <summary><c>session</c>, <c>person</c> or <c>months</c>.</summary>
    public string? Kind { get; set; }

    public string? Session { get; set; }

    public string? Issuer { get; set; }

    public string? Subject { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    public bool All { get; set; }

    public string? Reason { get; set; }

    /// <summary>Reads what is to be done; false, and what is wrong with it, if that cannot be known. Whether it may be done says the recorder.</summary>
    internal bool TryRead(out RetentionChange change, out RetentionTarget? target, out string problem)
    {
        (target, problem) = (null, "Choose what to do.");
        RetentionChange? read = Do switch
        {
            "hold" => RetentionChange.Hold,
            "lift" => RetentionChange.Lift,
            "ask" => RetentionChange.Ask,
            "agree" => RetentionChange.Agree,
            "refuse" => RetentionChange.Refuse,
            _ => null,
        };
        change = read ?? RetentionChange.Hold;
        if (read is not (RetentionChange.Hold or RetentionChange.Ask))
        {
            return read is not null;
        }

        problem = "The session's id is not one: take it from the address of the session's page.";
        target = Kind switch
        {
            "session" => Guid.TryParse(Session, out var session) ? new RetentionTarget { SessionId = session } : null,
            "person" => new RetentionTarget { Issuer = Issuer?.Trim() ?? "", Subject = Subject?.Trim() ?? "" },
            "months" => new RetentionTarget { FromMonth = From?.Trim() ?? "", ToMonth = string.IsNullOrWhiteSpace(To) ? From?.Trim() ?? "" : To.Trim() },
            _ => null,
        };
        return target is not null;
    }
}

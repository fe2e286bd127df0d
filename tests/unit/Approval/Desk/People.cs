using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Who plays in the tests.</summary>
internal static class People
{
    public static readonly Principal Engineer = Person("engineer", "eva@clinic.example", "engineers");
    public static readonly Principal Ann = Person("ann", "ann@clinic.example", "admin-write");
    public static readonly Principal Bob = Person("bob", "bob@clinic.example", "admin-write", "nurses");
    public static readonly Principal Cid = Person("cid", "cid@clinic.example", "admin-write");
    public static readonly Principal Nurse = Person("nurse", "nora@clinic.example", "nurses");

    public static Principal Person(string subject, string? email, params string[] groups) => new()
    {
        Issuer = "https://issuer.example",
        Subject = subject,
        Name = subject,
        Email = email,
        Groups = groups,
        ClientId = "inspector",
    };
}

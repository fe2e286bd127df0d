using System.Security.Cryptography.X509Certificates;

namespace Chaperone.TestKit;

/// <summary>What a few tests want of a <see cref="Gateway"/> beyond its settings.</summary>
public sealed record GatewayExtras
{
    /// <summary>A relay before the broker and one before the database.</summary>
    public bool WithRelays { get; init; }

    /// <summary>The certificate of broker and database: rooms then reach both by TLS only. Null: without TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>PEM file of the only authority that rooms trust; needed with <see cref="Certificate"/>.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The checkout whose built programs are started, e.g. of an older version; null for this one.</summary>
    public string? Checkout { get; init; }

    /// <summary>Further environment of a process by its name, e.g. <c>policy-2</c>.</summary>
    public Func<string, IReadOnlyDictionary<string, string>> OwnEnvironment { get; init; } = _ => new Dictionary<string, string>();

    /// <summary>How many processes of each worker the RabbitMQ form has.</summary>
    public int Replicas { get; init; } = 2;
}

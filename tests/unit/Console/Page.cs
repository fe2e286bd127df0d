using System.Net;

namespace Chaperone.Console.Tests;

/// <summary>What came back.</summary>
public sealed record Page(HttpStatusCode Status, string Html, Uri Address, IReadOnlyDictionary<string, string> Headers)
{
    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";
}

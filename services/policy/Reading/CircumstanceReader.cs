using System.Net;
using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;

namespace Chaperone.Policy.Reading;

/// <summary>Reads who calls, from where and when: <c>principal</c>, <c>client</c>, <c>network</c> and <c>when</c> of a match.</summary>
internal sealed class CircumstanceReader(PolicyProblems problems, bool breakGlass)
{
    private readonly WindowReader _windows = new(problems);

    /// <summary>All that are asked for.</summary>
    public ICircumstance[] Read(YamlFields fields)
    {
        var found = new List<ICircumstance>();
        ReadPrincipal(fields, found);
        ReadClient(fields, found);
        if (ReadNetwork(fields) is { } network)
        {
            found.Add(network);
        }

        if (_windows.Read(fields) is { } when)
        {
            found.Add(when);
        }

        return [.. found];
    }

    private void ReadPrincipal(YamlFields fields, List<ICircumstance> found)
    {
        if (fields.Find("principal") is not { } node
            || YamlFields.Open(node, fields.PathOf("principal"), problems, "subject", "issuer", "email", "amr", "acr", "mfa", "service", "break_glass", "claims") is not { } principal)
        {
            return;
        }

        if (node is YamlMapping { Entries.Count: 0 })
        {
            fields.Report(node, "principal", "is empty", "write principal: { mfa: true }");
        }

        AddTexts(principal, "subject", found, c => [c.Principal.Subject]);
        AddTexts(principal, "issuer", found, c => [c.Principal.Issuer]);
        AddTexts(principal, "email", found, c => [c.Principal.Email]);
        AddTexts(principal, "amr", found, c => c.Principal.AuthenticationMethods);
        AddTexts(principal, "acr", found, c => [c.Principal.AuthenticationClass]);
        AddFlag(principal, "mfa", found, c => Array.IndexOf(c.Principal.AuthenticationMethods, "mfa") >= 0);
        AddFlag(principal, "service", found, c => c.Principal.IsService);
        ReadBreakGlass(principal, found);
        foreach (var (claim, value) in principal.Entries("claims", "claims: { department: cardiology }"))
        {
            var name = claim.Text;
            var globs = GlobReader.Read(principal, value, $"claims.{name}", $"{name}: cardiology");
            found.Add(new TextCircumstance($"principal.claims.{name}", c => ClaimOf(c.Principal, name), globs));
        }
    }

    private void ReadBreakGlass(YamlFields principal, List<ICircumstance> found)
    {
        if (principal.Flag("break_glass") is not { } expected)
        {
            return;
        }

        if (!breakGlass)
        {
            principal.Report(principal.Find("break_glass")!, "break_glass", "speaks of break-glass, and the policy does not say who may break the glass", "add break_glass: { roles: [...], reviewers: [...] } to the main file");
        }

        found.Add(new BreakGlassCircumstance(expected));
    }

    private void ReadClient(YamlFields fields, List<ICircumstance> found)
    {
        if (fields.Find("client") is not YamlMapping map)
        {
            var globs = GlobReader.Read(fields, "client", "client: claude-desktop");
            if (globs.Length > 0)
            {
                found.Add(new TextCircumstance("client", c => [c.Principal.ClientId], globs));
            }

            return;
        }

        if (YamlFields.Open(map, fields.PathOf("client"), problems, "id", "name") is not { } client)
        {
            return;
        }

        if (map.Entries.Count == 0)
        {
            fields.Report(map, "client", "is empty", "write client: { id: claude-desktop }");
        }

        AddTexts(client, "id", found, c => [c.Principal.ClientId]);
        AddTexts(client, "name", found, c => [c.ClientName]);
    }

    private NetworkCircumstance? ReadNetwork(YamlFields fields)
    {
        if (fields.Find("network") is not YamlMapping map)
        {
            var within = ReadNetworks(fields, "network");
            return within.Length == 0 ? null : new NetworkCircumstance(within, []);
        }

        if (YamlFields.Open(map, fields.PathOf("network"), problems, "in", "not") is not { } network)
        {
            return null;
        }

        if (map.Entries.Count == 0)
        {
            fields.Report(map, "network", "is empty", "write network: [10.0.0.0/8]");
        }

        return new NetworkCircumstance(ReadNetworks(network, "in"), ReadNetworks(network, "not"));
    }

    private static IPNetwork[] ReadNetworks(YamlFields fields, string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in fields.Texts(key, $"{key}: [10.0.0.0/8, \"2001:db8::/32\"]"))
        {
            // A network whose address has bits behind its length is a slip: who wrote it may have meant one address.
            if (IPNetwork.TryParse(text.Text, out var network) && !network.BaseAddress.IsIPv4MappedToIPv6 && network.ToString() == text.Text)
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text.Text, out var address) && !address.IsIPv4MappedToIPv6 && address.ToString() == text.Text)
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                fields.Report(text, key, "is no network", "write an address, or a network such as 10.0.0.0/8 whose bits behind the length are zero, in its short form");
            }
        }

        return [.. networks];
    }

    private static void AddTexts(YamlFields fields, string key, List<ICircumstance> found, Func<CallFacts, IReadOnlyList<string?>> read)
    {
        var globs = GlobReader.Read(fields, key, $"{key}: name, or a list of names");
        if (globs.Length > 0)
        {
            found.Add(new TextCircumstance(Section(fields, key), read, globs));
        }
    }

    private static void AddFlag(YamlFields fields, string key, List<ICircumstance> found, Func<CallFacts, bool> read)
    {
        if (fields.Flag(key) is { } expected)
        {
            found.Add(new FlagCircumstance(Section(fields, key), read, expected));
        }
    }

    private static string Section(YamlFields fields, string key) => $"{fields.Path[(fields.Path.LastIndexOf('.') + 1)..]}.{key}";

    private static string[] ClaimOf(Principal principal, string name) =>
        Array.Find(principal.Claims, c => string.Equals(c.Name, name, StringComparison.Ordinal))?.Values ?? [];
}

using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>All rules, found by server, operation and target. Immutable once made.</summary>
internal sealed class RuleIndex
{
    private readonly ServerRules _everywhere = new();
    private readonly Dictionary<string, ServerRules> _byServer = new(StringComparer.Ordinal);

    public RuleIndex(PolicyDocument document)
    {
        Roles = new RoleTable(document.Roles.Values);
        foreach (var server in document.Servers.Keys)
        {
            _byServer.Add(server, new ServerRules());
        }

        foreach (var rule in document.Rules)
        {
            var indexed = new IndexedRule(rule, Roles);
            if (rule.Match.Servers.Length == 0 || rule.Match.Servers.Any(s => s.Text == "*"))
            {
                _everywhere.Add(indexed);
                continue;
            }

            foreach (var server in _byServer.Keys.Where(key => rule.Match.Servers.Any(s => s.Matches(key))))
            {
                _byServer[server].Add(indexed);
            }
        }
    }

    public RoleTable Roles { get; }

    public bool Knows(string server) => _byServer.ContainsKey(server);

    public void Visit(string server, Operation operation, string? target, ref Tally tally)
    {
        _byServer[server].Visit(operation, target, ref tally);
        _everywhere.Visit(operation, target, ref tally);
    }

    public void VisitWholeDenies(string server, ref Tally tally)
    {
        _byServer[server].VisitWholeDenies(ref tally);
        _everywhere.VisitWholeDenies(ref tally);
    }

    /// <summary>The strictest masking of all that the caller may do on <paramref name="server"/>, here and now or elsewhere; null when they may do nothing here and now.</summary>
    public MaskingTerms? GrantedMasking(string server, ReadOnlySpan<ulong> roles, Scene scene) =>
        _byServer[server].Grants(roles, scene) || _everywhere.Grants(roles, scene)
            ? _everywhere.GrantedMasking(roles, _byServer[server].GrantedMasking(roles, null))
            : null;
}

using System.Collections.Frozen;

namespace Chaperone.Policy.Shell;

/// <summary>Commands whose first word says what they do, and the flags that may stand before it.</summary>
internal static class ShellVerbs
{
    // Each with its flags that take a value, then those that take none.
    private static readonly FrozenDictionary<string, (FrozenSet<string> Valued, FrozenSet<string> Plain)> Flags = new Dictionary<string, (FrozenSet<string>, FrozenSet<string>)>(StringComparer.Ordinal)
    {
        ["kubectl"] = (Set("-n --namespace --context --cluster --user -s --server --request-timeout --as --as-group --as-uid -v --v"), Set("--insecure-skip-tls-verify --match-server-version --warnings-as-errors")),
        ["oc"] = (Set("-n --namespace --context --cluster --user -s --server --request-timeout --as --as-group"), Set("--insecure-skip-tls-verify")),
        ["git"] = (Set("-C --git-dir --work-tree --namespace"), Set("--no-pager --bare --no-replace-objects --literal-pathspecs --no-optional-locks")),
        ["helm"] = (Set("-n --namespace --kube-context"), Set("--debug")),
        ["docker"] = (Set("-H --host -c --context -l --log-level"), Set("-D --debug --tls --tlsverify")),
        ["podman"] = (Set("-c --connection --log-level"), Set("-r --remote")),
        ["systemctl"] = (Set("-H --host -M --machine -n --lines -o --output -p --property -t --type"), Set("--no-pager -q --quiet --user --system -a --all -l --full --failed --no-legend --plain")),
        ["apt"] = (Set("-o -c"), Set("-y -q -qq --yes --quiet")),
        ["apt-get"] = (Set("-o -c"), Set("-y -q -qq --yes --quiet -s --simulate")),
        ["aws"] = (Set("--profile --region --output --endpoint-url"), Set("--no-cli-pager --no-paginate --debug")),
        ["terraform"] = (Set(""), Set("")),
        ["npm"] = (Set("--prefix"), Set("--silent -s")),
        ["vault"] = (Set(""), Set("")),
        ["redis-cli"] = (Set("-h -p -n -a -u"), Set("--raw --tls")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether its first word is its verb.</summary>
    public static bool Have(string name) => Flags.ContainsKey(name);

    /// <summary>Whether nothing but its first word is a verb: <c>docker container rm</c> is <c>docker rm</c>, too.</summary>
    public static bool AreFirst(string name) => name is "kubectl" or "oc" or "git" or "helm" or "systemctl";

    /// <summary>The index of the verb; -1 where a flag before it is not known.</summary>
    public static int VerbOf(string name, string[] words)
    {
        var (valued, plain) = Flags[name];
        for (var at = 0; at < words.Length; at++)
        {
            if (!words[at].StartsWith('-'))
            {
                return at;
            }

            if (valued.Contains(words[at].Split('=')[0]))
            {
                at += words[at].Contains('=', StringComparison.Ordinal) ? 0 : 1;
            }
            else if (!plain.Contains(words[at]))
            {
                return -1;
            }
        }

        return -1;
    }

    private static FrozenSet<string> Set(string flags) => flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}

using System.Collections.Frozen;

namespace Chaperone.Policy.Shell;

/// <summary>Commands that run other commands, and where in their words those begin.</summary>
internal static class ShellWrappers
{
    private static readonly FrozenSet<string> Shells = Set("sh bash dash zsh ksh ash fish rbash su");

    // What they run is not in the text.
    private static readonly FrozenSet<string> Opaque = Set(
        "eval source . exec.py python python2 python3 perl ruby node php lua awk gawk mawk osascript pwsh powershell cmd expect tclsh at batch crontab make ansible parallel gdb vim vi ed ex emacs socat nc ncat netcat telnet rsh tmux screen script busybox-sh alias trap enable");

    // The flags of each that take a value, so that the word after them is no command.
    private static readonly FrozenDictionary<string, string> Wrappers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sudo"] = "-u -g -h -p -C -T -U -R -D --user --group --host --prompt --chdir",
        ["doas"] = "-u -C",
        ["env"] = "-u -C -S --unset --chdir --split-string",
        ["nohup"] = "",
        ["nice"] = "-n --adjustment",
        ["ionice"] = "-c -n -p",
        ["time"] = "-o -f",
        ["timeout"] = "-s -k --signal --kill-after",
        ["stdbuf"] = "-i -o -e",
        ["setsid"] = "",
        ["command"] = "",
        ["builtin"] = "",
        ["exec"] = "-a",
        ["xargs"] = "-I -i -n -P -L -d -E -s -a --max-args --max-procs --delimiter --arg-file",
        ["watch"] = "-n -d --interval",
        ["chroot"] = "",
        ["unshare"] = "",
        ["nsenter"] = "-t --target",
        ["strace"] = "-o -e -p -s",
        ["ltrace"] = "-o -e",
        ["flock"] = "-w -E --timeout",
        ["busybox"] = "",
        ["toybox"] = "",
        ["ssh"] = "-p -i -l -o -F -J -L -R -D -b -c -m",
        ["docker"] = "",
        ["podman"] = "",
        ["kubectl"] = "",
        ["find"] = "",
        ["caffeinate"] = "",
        ["proxychains"] = "",
        ["torsocks"] = "",
        ["runuser"] = "-u -g",
        ["gosu"] = "",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // One word of their own stands before the command: timeout 5 rm, chroot /x rm, ssh host rm, flock file rm.
    private static readonly FrozenSet<string> OneWordFirst = Set("timeout chroot ssh flock gosu");

    /// <summary>Whether it is a shell.</summary>
    public static bool IsShell(string name) => Shells.Contains(name);

    /// <summary>Whether what it runs is not in the text.</summary>
    public static bool IsOpaque(string name) => Opaque.Contains(name) || name.StartsWith("python", StringComparison.Ordinal);

    /// <summary>The index of the command that a wrapper runs; 0 when it runs none.</summary>
    public static int Skip(string name, ShellToken[] words) => name switch
    {
        "find" => After(words, "-exec", "-execdir", "-ok", "-okdir"),
        "docker" or "podman" or "kubectl" => After(words, "--") is > 0 and var dashes ? dashes : name == "kubectl" ? 0 : DockerSkip(words),
        _ => Wrappers.TryGetValue(name, out var flags) ? SkipFlags(words, flags.Split(' '), OneWordFirst.Contains(name)) : 0,
    };

    private static int SkipFlags(ShellToken[] words, string[] withValue, bool oneWordFirst)
    {
        var at = 1;
        while (at < words.Length && (words[at].Text.StartsWith('-') || words[at].Text.Contains('=', StringComparison.Ordinal)))
        {
            if (words[at].Text == "--")
            {
                at++;
                break;
            }

            at += withValue.Contains(words[at].Text) ? 2 : 1;
        }

        return oneWordFirst ? at + 1 : at;
    }

    private static int After(ShellToken[] words, params string[] flags)
    {
        var at = Array.FindIndex(words, w => flags.Contains(w.Text));
        return at < 0 ? 0 : at + 1;
    }

    /// <summary>docker exec and run: the command follows the container's name.</summary>
    private static int DockerSkip(ShellToken[] words)
    {
        var verb = Array.FindIndex(words, w => w.Text is "exec" or "run");
        if (verb < 0)
        {
            return 0;
        }

        var at = verb + 1;
        while (at < words.Length && words[at].Text.StartsWith('-'))
        {
            at += words[at].Text is "-it" or "-i" or "-t" or "-d" or "--rm" or "-ti" or "--privileged" || words[at].Text.Contains('=', StringComparison.Ordinal) ? 1 : 2;
        }

        return at + 1 < words.Length ? at + 1 : 0;
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

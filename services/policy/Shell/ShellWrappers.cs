using System.Collections.Frozen;

namespace Chaperone.Policy.Shell;

/// <summary>Commands that run other commands, and where in their words those begin.</summary>
internal static class ShellWrappers
{
    private static readonly FrozenSet<string> Shells = Set("sh bash dash zsh ksh ash fish rbash su csh tcsh mksh lksh yash posh elvish xonsh");

    // What they run is not in the text.
    private static readonly FrozenSet<string> Opaque = Set(
        "eval source . exec.py python perl ruby node nodejs deno bun php lua luajit awk gawk mawk nawk osascript pwsh powershell cmd expect tclsh wish guile racket julia Rscript at batch crontab make ansible parallel gdb vim nvim vi view ex ed emacs"
        + " socat nc ncat netcat telnet rsh tmux screen script busybox-sh alias trap enable sed");

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
        ["caffeinate"] = "",
        ["proxychains"] = "",
        ["torsocks"] = "",
        ["runuser"] = "-u -g",
        ["gosu"] = "",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] SshFlags = "-p -i -l -o -F -J -L -R -D -b -c -m -B -E -e -I -O -Q -S -W -w".Split(' ');

    // One word of their own stands before the command: timeout 5 rm, chroot /x rm, flock file rm.
    private static readonly FrozenSet<string> OneWordFirst = Set("timeout chroot flock gosu");

    private static readonly FrozenSet<string> Containers = Set("docker podman nerdctl crictl ctr docker-compose podman-compose kubectl oc");

    // Their words are what they work on, and nothing that they run.
    private static readonly FrozenSet<string> WordsAreData = Set(
        "[ [[ : echo printf cat tac head tail grep egrep fgrep zgrep rg ag ack ls ll dir tree wc sort uniq cut tr diff cmp comm paste join column nl fold fmt rev tee touch mkdir rmdir rm cp mv ln chmod chown chgrp stat file"
        + " md5sum sha1sum sha256sum sha512sum cksum basename dirname realpath readlink pwd cd pushd popd which whereis whatis apropos type df du free uptime who w whoami id groups users last lastb date cal hostname uname arch"
        + " nproc lscpu lsblk lsmod lspci lsusb mount umount ps pgrep pidof kill killall pkill top htop vmstat iostat mpstat sar netstat ss lsof ifconfig route arp ping ping6 traceroute tracepath mtr dig host nslookup whois curl"
        + " wget jq yq xxd od hexdump strings base64 base32 gzip gunzip zcat bzip2 xz zstd unzip export unset set true false test sleep seq yes expr bc let read wait jobs bg fg history help hash local declare typeset readonly return"
        + " exit break continue shift getopts ulimit umask systemctl service journalctl dmesg loginctl hostnamectl timedatectl apt apt-get apt-cache apt-mark dpkg yum dnf zypper apk rpm brew pip pip3 npm yarn pnpm gem mysql mysqldump"
        + " mongo redis-cli psql pg_dump pg_restore pg_isready helm terraform aws gcloud az gsutil vault consul openssl gpg logger wall mail shutdown reboot dd java javac dotnet mvn gradle getent ip6tables iptables useradd usermod passwd");

    /// <summary>Whether it is a shell.</summary>
    public static bool IsShell(string name) => Shells.Contains(WithoutVersion(name));

    /// <summary>Whether what it runs is not in the text; asking for its version runs nothing, nor do simple programs of sed and awk.</summary>
    public static bool IsOpaque(string name, ShellToken[] words) => WithoutVersion(name) switch
    {
        "sed" => ShellPrograms.MaySedRun(words),
        "awk" or "gawk" or "mawk" or "nawk" => ShellPrograms.MayAwkRun(words),
        "hash" => words.Any(w => w.Text.StartsWith("-p", StringComparison.Ordinal)),
        "nc" or "ncat" or "netcat" => !words.Any(w => w.Text is ['-', not '-', ..] && w.Text.Contains('z', StringComparison.Ordinal)) || words.Any(w => w.Text is "-e" or "-c" or "--exec" or "--sh-exec"),
        "crontab" => words is not [_, { Text: "-l" }],
        "tmux" => words is not [_, { Text: "ls" or "list-sessions" }],
        "screen" => words is not [_, { Text: "-ls" or "-list" }],
        "alias" or "trap" => words.Length > 1,
        var plain when Opaque.Contains(plain) || plain.StartsWith("python", StringComparison.Ordinal) => words is not [_, { Text: "--version" or "-V" or "-v" or "--help" or "-version" }],
        _ => false,
    };

    /// <summary>Whether the shell, or what it starts, runs what a variable of this name holds.</summary>
    public static bool RunsByItself(string variable) => variable is "BASH_ENV" or "ENV" or "PROMPT_COMMAND" or "PS4" or "SHELLOPTS" or "BASHOPTS" or "LD_PRELOAD" or "LD_AUDIT" or "PERL5OPT" or "PERL5LIB" or "RUBYOPT"
        or "NODE_OPTIONS" or "PYTHONSTARTUP" or "GIT_SSH_COMMAND" or "GIT_EXTERNAL_DIFF" or "LESSOPEN" or "IFS";

    /// <summary>The indices at which the commands begin that a wrapper runs.</summary>
    public static int[] StartsOf(string name, ShellToken[] words)
    {
        int[] starts = name switch
        {
            "find" => [.. words.Index().Where(w => w.Item.Text is "-exec" or "-execdir" or "-ok" or "-okdir").Select(w => w.Index + 1)],
            "command" when words.Skip(1).TakeWhile(w => w.Text.StartsWith('-')).Any(w => w.Text is "-v" or "-V") => [],
            "ssh" => RemoteAt(words) is var at && at < words.Length ? [at] : [],
            "flock" or "runuser" when words.Any(w => w.Text is "-c" or "--command") => [],
            _ when Containers.Contains(name) => [Array.FindIndex(words, w => w.Text == "--") is > 0 and var dashes ? dashes + 1 : name is "kubectl" or "oc" ? words.Length : ContainerAt(words)],
            _ => Wrappers.TryGetValue(name, out var flags) ? [SkipFlags(words, 1, flags.Split(' '), OneWordFirst.Contains(name))] : [],
        };
        return [.. starts.Where(s => s > 0 && s < words.Length)];
    }

    /// <summary>The scripts that a command is given in its words.</summary>
    public static IEnumerable<string> TextsOf(string name, ShellToken[] words)
    {
        foreach (var word in words.Where(w => name is "ssh" or "scp" or "sftp" && (w.Text.Contains("ProxyCommand", StringComparison.OrdinalIgnoreCase) || w.Text.Contains("LocalCommand", StringComparison.OrdinalIgnoreCase))))
        {
            yield return word.Text[(word.Text.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        switch (name)
        {
            case "ssh" when RemoteAt(words) is var at && at < words.Length:
                // The shell there reads all words as one text.
                yield return string.Join(' ', words.Skip(at).Where(w => !w.IsMade).Select(w => w.Text));
                break;
            case "watch" when SkipFlags(words, 1, Wrappers["watch"].Split(' '), false) is var at && at < words.Length:
                yield return string.Join(' ', words.Skip(at).Where(w => !w.IsMade).Select(w => w.Text));
                break;
            case "flock" or "mapfile" or "readarray":
                foreach (var (index, _) in words.Index().Where(w => w.Item.Text is "-c" or "--command" or "-C" && w.Index + 1 < words.Length))
                {
                    yield return words[index + 1].Text;
                }

                break;
            case "env":
                for (var i = 1; i < words.Length && words[i].Text.StartsWith('-'); i++)
                {
                    if (SplitAt(words[i].Text) is >= 0 and var at)
                    {
                        yield return string.Join(' ', words.Skip(i + 1).Select(w => w.Text).Prepend(words[i].Text[at..]));
                    }
                }

                break;
            case "git":
                foreach (var word in words.Where(w => IsGitCommand(w.Text)))
                {
                    yield return word.Text[(word.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimStart('!');
                }

                break;
        }
    }

    /// <summary>The first word of a command that is not known which may be what it runs; 0 for those whose words are known.</summary>
    public static int MayRunAt(string name, ShellToken[] words) => name switch
    {
        "git" => Array.FindIndex(words, w => w.Text is "run" or "foreach" or "--exec" or "-x" or "config") + 1,
        "ssh" or "find" or "awk" or "gawk" or "mawk" or "nawk" or "sed" or "man" or "less" or "more" => name is "man" or "less" && words.Any(w => w.Text.AsSpan().ContainsAny(" !")) ? 1 : 0,
        _ when Containers.Contains(name) => Array.FindIndex(words, w => w.Text is "exec" or "run" or "debug") is > 0 and var verb ? verb + 1 : 0,
        _ when Wrappers.ContainsKey(name) || WordsAreData.Contains(name) || Opaque.Contains(name) => 0,
        _ => 1,
    };

    /// <summary>The index of the command that ssh runs on the other machine; the number of words when it starts a shell.</summary>
    public static int RemoteAt(ShellToken[] words) => SkipFlags(words, SkipFlags(words, 1, SshFlags, oneWordFirst: true), SshFlags, oneWordFirst: false, assignments: false);

    // Of -vS text, -Stext and --split-string=text; -1 for another flag.
    private static int SplitAt(string flag) => flag.StartsWith("--split-string", StringComparison.Ordinal) ? Math.Min(flag.Length, "--split-string=".Length)
        : flag is ['-', not '-', ..] && flag.IndexOf('S', StringComparison.Ordinal) is > 0 and var at ? at + 1 : -1;

    // core.pager=..., alias.x=!..., --upload-pack=...
    private static bool IsGitCommand(string word) => word.StartsWith('!') || (word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        && (word[..at] is "--exec" or "--upload-pack" or "--receive-pack" or "--open-files-in-pager" || (!word.StartsWith('-') && word.AsSpan(0, at).Contains('.') && !word.AsSpan(0, at).Contains(' '))));

    private static int SkipFlags(ShellToken[] words, int at, string[] withValue, bool oneWordFirst, bool assignments = true)
    {
        while (at < words.Length && (words[at].Text.StartsWith('-') || (assignments && words[at].Text.Contains('=', StringComparison.Ordinal))))
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

    /// <summary>docker exec and run: the command follows the container's name.</summary>
    private static int ContainerAt(ShellToken[] words)
    {
        var verb = Array.FindIndex(words, w => w.Text is "exec" or "run");
        if (verb < 0)
        {
            return 0;
        }

        var at = verb + 1;
        while (at < words.Length && words[at].Text.StartsWith('-'))
        {
            at += words[at].Text is "-it" or "-i" or "-t" or "-d" or "-T" or "--rm" or "-ti" or "--privileged" || words[at].Text.Contains('=', StringComparison.Ordinal) ? 1 : 2;
        }

        return at + 1;
    }

    private static string WithoutVersion(string name) => name.TrimEnd("0123456789.-".ToCharArray()) is { Length: > 0 } plain ? plain : name;

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

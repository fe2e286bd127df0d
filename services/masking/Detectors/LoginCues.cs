using System.Buffers;
using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Where logs, shells and programs say that a word is a login: <c>user=jlangford</c>, <c>Accepted publickey for jlangford from</c>, <c>session opened for user jlangford</c>, <c>10.0.0.1 - jlangford [</c>.</summary>
internal static class LoginCues
{
    private const int Shortest = 4;
    private const int Longest = 32;
    private const int LongestGap = 5;
    private const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;

    // Before "=" or ":": whoever logs writes them.
    private static readonly WordSet Keys = "user usr username login logname loginid acct uid suser duser ruser euser actor principal userid requester operator clinician".Split(' ').ToWordSet();

    // The same, but of things too: only what is made of a name.
    private static readonly WordSet WeakKeys = "by owner account author assignee who createdby updatedby modifiedby assigned approver".Split(' ').ToWordSet();

    private static readonly WordSet BeforeUser = "invalid illegal unknown for of as by to from domain locked disabled".Split(' ').ToWordSet();
    private static readonly WordSet BeforeFor = "password publickey hostbased interactive accepted failed preauth".Split(' ').ToWordSet();

    // Before "by" they say who did it.
    private static readonly WordSet Deeds = "opened closed changed moved created updated deleted edited signed locked unlocked accessed viewed printed exported merged approved assigned requested submitted cancelled canceled uploaded downloaded modified entered verified granted revoked read taken run started stopped reported reset".Split(' ').ToWordSet();

    // Accounts of programs and of nobody.
    private static readonly WordSet Programs = """
        root admin administrator administrators system service services svc app apps application api bot job jobs batch cron daemon nobody anonymous guest public default test tester testuser demo user users username dbo sysadmin sys null none unknown true false yes no
        ehr emr etl his lis ris pacs integration interface reporting readonly readwrite replication replicator monitor monitoring backup deploy deployer build runner agent worker scheduler web www data db dba ftp sftp ssh git svn mail smtp ldap proxy cache queue
        nginx apache httpd grafana prometheus rabbitmq elasticsearch elastic kibana logstash filebeat keycloak gunicorn uwsgi postgres postgresql pgbouncer mysql mariadb mongodb mongo redis kafka zookeeper etcd consul vault nomad kubelet kubernetes kube docker containerd
        gitlab github jenkins ansible puppet chef salt nagios zabbix icinga splunk datadog newrelic haproxy envoy istio traefik caddy tomcat jetty wildfly jboss oracle sqlserver mssql hadoop spark hive airflow celery django flask rails node nodejs npm php wordpress drupal
        ubuntu debian centos fedora rhel vagrant syslog rsyslog systemd dbus avahi polkitd sshd postfix dovecot unbound chrony cups mirth orthanc openmrs openemr hapi fhir dcm travis shared localhost postmaster webmaster hostmaster noreply helpdesk registrar frontdesk
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    private static readonly SearchValues<char> Marks = SearchValues.Create("=: \"'\\@N");

    /// <summary>Adds the login that starts at word <paramref name="index"/> where something before it says so.</summary>
    public static void Find(TextScan scan, TextSpans spans, int index)
    {
        if (index == 0 || scan.GapAfter(index - 1) is not { Length: <= LongestGap } gap)
        {
            return;
        }

        // Most words have a blank before them, and one of few words before that.
        var cue = gap is " " ? Said(scan, index) : gap is "-" or "." or "_" or "/" or ", " ? Cue.None : Marked(scan, index, gap);
        if (cue != Cue.None && End(scan, index, out var last) && (Surely(scan, index, last) || (cue == Cue.Sure && MayBe(scan, index, last))))
        {
            spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Id);
        }
    }

    /// <summary>True for an account of a program.</summary>
    public static bool IsProgram(TextScan scan, int index) => Programs.Contains(scan.WordText(index));

    /// <summary>True where the text as a whole is an account of a person.</summary>
    public static bool IsWhole(TextScan scan) =>
        scan.WordCount is >= 1 and <= 3 && scan.Words[0].Start == 0 && !scan.HasCapital && End(scan, 0, out var last) && scan.Words[last].End == scan.Length && scan.Words[0].IsAlpha && MayBe(scan, 0, last);

    /// <summary>True where the words are an account of a person: unknown to the lists of words, and of no program.</summary>
    public static bool MayBe(TextScan scan, int first, int last)
    {
        var strange = false;
        for (var i = first; i <= last; i++)
        {
            var text = scan.WordText(i);
            if (Programs.Contains(text))
            {
                return false;
            }

            var lists = NameModel.Shipped.Find(text.TrimEnd("0123456789"));
            strange |= text.Length >= Shortest && scan.Words[i] is not { IsNumber: true } && ((lists & Plain) == 0 || (lists & (NameLists.CommonGiven | NameLists.CommonFamily)) != 0);
        }

        return strange && scan.Words[first] is not { HasDigit: true, IsMixed: false } && char.IsLetter(scan.WordText(first)[0]);
    }

    // "cjimenez", "kpetrakis", "j.langford": made of a family name.
    private static bool Surely(TextScan scan, int first, int last)
    {
        var text = scan.WordText(last).TrimEnd("0123456789");
        if (scan.Words[first].IsCapital || Programs.Contains(text) || text.Length < Shortest)
        {
            return false;
        }

        var lists = NameModel.Shipped.Find(text);
        return first == last
            ? text.Length > Shortest && lists == NameLists.None && IsFamily(text[1..])
            : (scan.Words[first].Length == 1 || (NameModel.Shipped.Find(scan.WordText(first)) & NameLists.Given) != 0) && (lists & Plain) == 0;
    }

    private static bool IsFamily(ReadOnlySpan<char> word) =>
        NameModel.Shipped.Find(word) is var lists && (lists & (NameLists.Family | NameLists.CommonFamily)) != 0 && ((lists & Plain) == 0 || (lists & NameLists.CommonFamily) != 0);

    private static Cue Said(TextScan scan, int index)
    {
        if (scan.Is(index - 1, "user"))
        {
            return (index > 1 && BeforeUser.Contains(scan.WordText(index - 2))) || scan.GapAfter(index).StartsWith("(") ? Cue.Sure : Cue.Weak;
        }

        if (scan.Is(index - 1, "by"))
        {
            return index > 1 && Deeds.Contains(scan.WordText(index - 2)) ? Cue.Weak : Cue.None;
        }

        return scan.Is(index - 1, "for") && index > 1 && BeforeFor.Contains(scan.WordText(index - 2)) && scan.Is(index + 1, "from") ? Cue.Sure : Cue.None;
    }

    private static Cue Marked(TextScan scan, int index, ReadOnlySpan<char> gap)
    {
        // "user=jlangford", "acct=\"jlangford\"", "user: jlangford", "\"user\":\"jlangford\""
        var mark = gap.IndexOfAny('=', ':');
        if (mark >= 0 && !gap.ContainsAnyExcept(Marks))
        {
            if (scan.Is(index - 1, "sudo"))
            {
                return scan.GapAfter(index).StartsWith(" : ") ? Cue.Sure : Cue.None;
            }

            var key = scan.WordText(index - 1);
            var named = (scan.Is(index - 1, "id") || scan.Is(index - 1, "name")) && index > 1 && scan.GapAfter(index - 2) is "_" or "-" && Keys.Contains(scan.WordText(index - 2));
            return named || Keys.Contains(key) ? gap.Contains(' ') ? Cue.Weak : Cue.Sure : WeakKeys.Contains(key) ? Cue.Weak : Cue.None;
        }

        // `10.4.2.1 - jlangford [03/Mar/2025`
        if (gap is " - ")
        {
            return scan.Words[index - 1].HasDigit && scan.GapAfter(index).StartsWith(" [") ? Cue.Sure : Cue.None;
        }

        // "cron[12]: (jlangford) CMD", "session opened for user 'jlangford'"
        if (gap is ": (" or "]: (")
        {
            return scan.GapAfter(index) is ") " && (scan.Is(index + 1, "cmd") || scan.Is(index + 1, "pam")) ? Cue.Sure : Cue.None;
        }

        return gap is " '" or " \"" && (scan.Is(index - 1, "user") || scan.Is(index - 1, "login")) ? Cue.Sure : Cue.None;
    }

    // The whole token; none where it goes on as something else.
    private static bool End(TextScan scan, int index, out int last)
    {
        last = index;
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is "." or "_" or "-")
        {
            last++;
        }

        var end = scan.Words[last].End;
        return end - scan.Words[index].Start is >= Shortest and <= Longest && scan.At(end) is not ('(' or '=' or '/' or ':' or '@' or '[' or '{') | IsUid(scan, last);
    }

    // "jlangford(uid=1044)"
    private static bool IsUid(TextScan scan, int last) => scan.At(scan.Words[last].End) == '(' && scan.Is(last + 1, "uid");

    private enum Cue
    {
        None,
        Weak,
        Sure,
    }
}

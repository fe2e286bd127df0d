using Chaperone.TestKit;

namespace Chaperone.LoadRun;

/// <summary>Proxies of others that the gateway is compared with. What is not installed is left out, and says why.</summary>
internal static class OtherProxies
{
    private const string NginxProgram = "/usr/sbin/nginx";

    // One worker a core, as Debian sets it; the connections to the upstream stay open, as those of all others here do.
    private const string NginxSettings =
        """
        worker_processes auto;
        error_log stderr error;
        pid nginx.pid;
        daemon off;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          upstream echo { server @upstream@; keepalive 256; }
          server {
            listen @listen@;
            location = /health/ready { return 200; }
            location / { proxy_pass http://echo; proxy_http_version 1.1; proxy_set_header Connection ""; }
          }
        }
        """;

    /// <summary>nginx before <paramref name="upstream"/>; null, and why, where it is not installed.</summary>
    public static (RoomProcess? Process, string? Missing) Nginx(string upstream, string directory)
    {
        if (!File.Exists(NginxProgram))
        {
            return (null, "nginx is not installed (Debian's nginx-light)");
        }

        var home = Directory.CreateDirectory(Path.Combine(directory, "nginx")).FullName;
        var template = Path.Combine(home, "template");
        File.WriteAllText(template, NginxSettings.Replace("@upstream@", new Uri(upstream).Authority, StringComparison.Ordinal));

        // Its workers run as another user where it is started by root, and write what is larger than a buffer.
        var start = $"""sed "s|@listen@|$(echo $ASPNETCORE_URLS | cut -c8-)|" "$1" > "$0/nginx.conf" && exec {NginxProgram} -p "$0" -c nginx.conf{(Environment.IsPrivilegedProcess ? " -g \"user root;\"" : "")}""";
        return (RoomProcess.StartProgram("nginx", "/bin/sh", directory, new Dictionary<string, string>(), "-c", start, home, template), null);
    }

    /// <summary>The npm MCP proxy before <paramref name="upstream"/>; null, and why, where it is not installed.</summary>
    public static (RoomProcess? Process, string? Missing) Npm(string upstream, string directory)
    {
        var folder = Path.Combine(ShippedRooms.Root, "tests", "npm");
        return Directory.Exists(Path.Combine(folder, "node_modules", "@civic", "passthrough-mcp-server"))
            ? (RoomProcess.StartProgram("npm", "node", directory, new Dictionary<string, string>(), Path.Combine(folder, "passthrough.mjs"), upstream), null)
            : (null, "@civic/passthrough-mcp-server is not installed (.ci/npm.sh)");
    }
}

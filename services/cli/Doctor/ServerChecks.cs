using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Chaperone.Approval;
using Chaperone.Bus;
using Chaperone.Bus.RabbitMq;
using Chaperone.Policy.Limits;
using Chaperone.Policy.Pins;
using Chaperone.Recorder;
using Chaperone.Recorder.Elastic;
using Npgsql;

namespace Chaperone.Cli.Doctor;

/// <summary>Broker, databases and Elasticsearch: each is really signed in to.</summary>
internal static class ServerChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Diagnosis>> OfAsync(Installation installation, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>();
        if (installation.Bus is { Transport: BusTransport.RabbitMq } bus)
        {
            found.Add(await BrokerAsync(bus, cancellationToken));
        }

        foreach (var (room, connection, passwordFile) in Databases(installation))
        {
            found.AddRange(await DatabaseAsync(room, connection, passwordFile, time, cancellationToken));
        }

        if (installation.Recorder is { Elastic: { Url: { } url } elastic })
        {
            found.Add(await ElasticAsync(new Uri(url), elastic, time, cancellationToken));
        }

        return found;
    }

    private static async Task<Diagnosis> BrokerAsync(BusOptions bus, CancellationToken cancellationToken) =>
        await BrokerProbe.TryAsync(bus, cancellationToken) is { } ill
            ? Diagnosis.Ill("broker", ill.Problem, ill.Remedy)
            : Diagnosis.Well("broker", $"{bus.Uri} takes the user {bus.User}");

    private static IEnumerable<(string Room, string? Connection, string? PasswordFile)> Databases(Installation i)
    {
        if (i.Recorder is { Store: RecorderStore.PostgreSql } recorder)
        {
            yield return ("recorder", recorder.ConnectionString, recorder.PasswordFile);
        }

        if (i.Approval is { Store: ApprovalStoreKind.PostgreSql } approval)
        {
            yield return ("approval", approval.ConnectionString, approval.PasswordFile);
        }

        if (i.Policy is { } policy && (policy.PinStore == PinStoreKind.PostgreSql || policy.LimitStore == LimitStoreKind.PostgreSql))
        {
            yield return ("policy", policy.ConnectionString, policy.PasswordFile);
        }
    }

    private static async Task<IReadOnlyList<Diagnosis>> DatabaseAsync(string room, string? connectionString, string? passwordFile, TimeProvider time, CancellationToken cancellationToken)
    {
        var subject = $"database of {room}";
        try
        {
            var text = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = (int)Patience.TotalSeconds, CommandTimeout = (int)Patience.TotalSeconds, Pooling = false };
            if (passwordFile is not null)
            {
                text.Password = (await File.ReadAllTextAsync(passwordFile, cancellationToken)).TrimEnd('\r', '\n');
            }

            await using var connection = new NpgsqlConnection(text.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                "SELECT clock_timestamp(), has_database_privilege(current_database(), 'CREATE') OR EXISTS (SELECT FROM pg_namespace WHERE nspname = $1 AND has_schema_privilege(oid, 'CREATE')), pg_is_in_recovery()",
                connection);
            command.Parameters.AddWithValue(room);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var place = $"{text.Host}:{text.Port}/{text.Database}";
            return
            [
                (reader.GetBoolean(1), reader.GetBoolean(2)) switch
                {
                    (_, true) => Diagnosis.Ill(subject, $"{place} is a standby, which takes no writes", "Name the primary in the connection string."),
                    (false, _) => Diagnosis.Ill(subject, $"{text.Username} may not create the schema {room} in {place}", $"GRANT CREATE ON DATABASE {text.Database} TO {text.Username}"),
                    _ => Diagnosis.Well(subject, $"{place} is PostgreSQL {connection.PostgreSqlVersion} and takes {text.Username}"),
                },
                Clocks.Judge($"the database of {room}", await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), time, TimeSpan.Zero),
            ];
        }
        catch (PostgresException e)
        {
            return [Diagnosis.Ill(subject, $"it refuses: {e.MessageText} ({e.SqlState})", "28P01: write the role's password into the password file. 3D000: create the database. 28000: let pg_hba.conf admit this machine.")];
        }
        catch (Exception e) when (e is DbException or SocketException or TimeoutException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [Diagnosis.Ill(subject, $"it cannot be reached: {e.Message}", "Is PostgreSQL up, and does the connection string name its host and port?")];
        }
    }

    private static async Task<Diagnosis> ElasticAsync(Uri url, ElasticOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        const string subject = "Elasticsearch";
        try
        {
            using var client = new ElasticClient(OutboundHttp.Create(url, options.CaFile), options.ApiKeyFile, Patience, time);
            var answer = await client.GetAsync($"_data_stream/logs-chaperone.audit-{options.Namespace}", cancellationToken);
            return (int)answer.Status switch
            {
                200 => Diagnosis.Well(subject, $"{url} has the data streams"),
                404 => Diagnosis.Look(subject, $"{url} answers and has no data stream logs-chaperone.audit-{options.Namespace}", "Run: chaperone elastic setup"),
                401 => Diagnosis.Look(subject, $"{url} does not take the API key", "Make a new one of compose/elasticsearch/recorder-key.json and write it into Recorder:Elastic:ApiKeyFile."),
                403 => Diagnosis.Look(subject, $"{url} takes the API key, which may not see the data streams", "Compare its privileges with compose/elasticsearch/recorder-key.json."),
                var status => Diagnosis.Look(subject, string.Create(CultureInfo.InvariantCulture, $"{url} answered {status}"), "Look at its log; calls do not wait for it."),
            };
        }
        catch (ElasticException e)
        {
            return Diagnosis.Look(subject, e.Message, "Bring it back; records wait in the ledger and calls do not.");
        }
    }
}

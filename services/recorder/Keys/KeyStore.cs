using System.Data.Common;
using System.Globalization;

namespace Chaperone.Recorder.Keys;

/// <summary>The wrapped keys of months and sessions. What was destroyed leaves a row that names the order. Thread-safe.</summary>
internal sealed class KeyStore(KeyDatabase database)
{
    private const string PeriodColumns = "id, month, root, meta, body, meta_order, body_order";
    private const string SessionColumns = "session, period, person, wrapped, shred_order";

    private readonly string _periods = database.Prefix + "period";
    private readonly string _sessions = database.Prefix + "session";
    private readonly string _standing = database.Prefix + "standing";

    /// <summary>Creates the schema, or migrates it forward; cheap once it is there.</summary>
    public ValueTask OpenAsync(CancellationToken cancellationToken) => database.OpenAsync(cancellationToken);

    /// <summary>The keys of this id; null if there are none.</summary>
    public PeriodKey? FindPeriod(string id) =>
        database.Read($"SELECT {PeriodColumns} FROM {_periods} WHERE id = @id", ReadPeriod, ("@id", id)).FirstOrDefault();

    /// <summary>The keys of this month, made by <paramref name="make"/> unless another recorder was first.</summary>
    public PeriodKey GetOrAddMonth(string month, Func<PeriodKey> make)
    {
        var sql = $"SELECT {PeriodColumns} FROM {_periods} WHERE month = @month";
        if (database.Read(sql, ReadPeriod, ("@month", month)) is [var known])
        {
            return known;
        }

        var made = make();
        return database.Write(write =>
        {
            write.Execute(
                $"INSERT INTO {_periods} ({PeriodColumns}) VALUES (@id, @month, @root, @meta, @body, NULL, NULL) ON CONFLICT (month) DO NOTHING",
                ("@id", made.Id), ("@month", made.Month), ("@root", made.RootId), ("@meta", made.Meta), ("@body", made.Body));
            return write.Read(sql, ReadPeriod, ("@month", month))[0];
        });
    }

    /// <summary>The standing key; null until something was sealed under it.</summary>
    public StandingKey? FindStanding() =>
        database.Read($"SELECT id, root, wrapped FROM {_standing}", r => new StandingKey(r.GetString(0), r.GetString(1), KeyCommand.Bytes(r, 2)!)).FirstOrDefault();

    /// <summary>The standing key, made by <paramref name="make"/> unless another recorder was first.</summary>
    public StandingKey GetOrAddStanding(Func<StandingKey> make)
    {
        if (FindStanding() is { } known)
        {
            return known;
        }

        var made = make();
        database.Write(write => write.Execute(
            $"INSERT INTO {_standing} (one, id, root, wrapped) VALUES (1, @id, @root, @wrapped) ON CONFLICT (one) DO NOTHING",
            ("@id", made.Id), ("@root", made.RootId), ("@wrapped", made.Wrapped)));
        return FindStanding()!;
    }

    /// <summary>All months, the oldest first.</summary>
    public IReadOnlyList<PeriodKey> ListPeriods() => database.Read($"SELECT {PeriodColumns} FROM {_periods} ORDER BY month", ReadPeriod);

    /// <summary>The keys that these sessions have in a period; those that have none are left out.</summary>
    public IReadOnlyList<SessionKey> FindSessions(string periodId, IReadOnlyCollection<Guid> sessions) => sessions.Count == 0
        ? []
        : database.Read(
            $"SELECT {SessionColumns} FROM {_sessions} WHERE period = @period AND session IN ({Names(sessions.Count)})",
            ReadSession,
            [("@period", periodId), .. sessions.Select((s, i) => (Name(i), (object?)s.ToString()))]);

    /// <summary>Adds sessions, except those that another recorder added first; in one transaction.</summary>
    public void AddSessions(IReadOnlyList<SessionKey> keys) => database.Write(write =>
    {
        foreach (var key in keys)
        {
            write.Execute(
                $"INSERT INTO {_sessions} ({SessionColumns}) VALUES (@session, @period, @person, @wrapped, NULL) ON CONFLICT (session, period) DO NOTHING",
                ("@session", key.SessionId.ToString()), ("@period", key.PeriodId), ("@person", key.Person), ("@wrapped", key.Wrapped));
        }

        return keys.Count;
    });

    /// <summary>How many keys of sessions a period has, destroyed ones left out.</summary>
    public long CountSessions(string periodId) => database.Read(
        $"SELECT count(*) FROM {_sessions} WHERE period = @period AND wrapped IS NOT NULL", r => r.GetInt64(0), ("@period", periodId))[0];

    /// <summary>The months in which a session, or a person, has keys, destroyed or not.</summary>
    public IReadOnlyList<string> FindMonths(Guid? session, string? person) => database.Read(
        $"SELECT DISTINCT p.month FROM {_sessions} s JOIN {_periods} p ON p.id = s.period WHERE {(session is null ? "s.person = @who" : "s.session = @who")} ORDER BY p.month",
        r => r.GetString(0),
        ("@who", session?.ToString() ?? person));

    /// <summary>Whether a session is this person's.</summary>
    public bool IsOf(Guid session, string person) => database.Read(
        $"SELECT 1 FROM {_sessions} WHERE session = @session AND person = @person LIMIT 1", r => 1, ("@session", session.ToString()), ("@person", person)).Count > 0;

    /// <summary>Ids of the orders that destroyed anything.</summary>
    public IReadOnlyList<string> ListOrders() => database.Read(
        $"SELECT meta_order FROM {_periods} UNION SELECT body_order FROM {_periods} UNION SELECT shred_order FROM {_sessions}", r => KeyCommand.Text(r, 0))
        .OfType<string>().ToList();

    /// <summary>Replaces the wrapping of a period's keys if it is still the one that was read; false if not.</summary>
    public bool Rewrap(PeriodKey read, PeriodKey rewrapped) => database.Write(write => write.Execute(
        $"UPDATE {_periods} SET root = @root, meta = CASE WHEN meta IS NULL THEN NULL ELSE @meta END, body = CASE WHEN body IS NULL THEN NULL ELSE @body END WHERE id = @id AND root = @old",
        ("@root", rewrapped.RootId), ("@meta", rewrapped.Meta ?? []), ("@body", rewrapped.Body ?? []), ("@id", read.Id), ("@old", read.RootId))) == 1;

    /// <summary>Replaces the wrapping of the standing key if it is still the one that was read; false if not.</summary>
    public bool Rewrap(StandingKey read, StandingKey rewrapped) => database.Write(write => write.Execute(
        $"UPDATE {_standing} SET root = @root, wrapped = @wrapped WHERE id = @id AND root = @old",
        ("@root", rewrapped.RootId), ("@wrapped", rewrapped.Wrapped), ("@id", read.Id), ("@old", read.RootId))) == 1;

    /// <summary>Destroys the keys of one session, or of one person's sessions, in every month; those destroyed now.</summary>
    public long DestroySessions(KeyWriter write, Guid? session, string? person, Guid order) => write.Execute(
        $"UPDATE {_sessions} SET wrapped = NULL, shred_order = @order WHERE wrapped IS NOT NULL AND {(session is null ? "person = @who" : "session = @who")}",
        ("@order", order.ToString()), ("@who", session?.ToString() ?? person));

    /// <summary>Destroys the keys of the months given, facts too if <paramref name="withMeta"/>; those destroyed now.</summary>
    public long DestroyMonths(KeyWriter write, string from, string to, bool withMeta, Guid order)
    {
        (string, object?)[] values = [("@order", order.ToString()), ("@from", from), ("@to", to)];
        var range = "month >= @from AND month <= @to";
        var sessions = write.Execute(
            $"UPDATE {_sessions} SET wrapped = NULL, shred_order = @order WHERE wrapped IS NOT NULL AND period IN (SELECT id FROM {_periods} WHERE {range})", values);
        var bodies = write.Execute($"UPDATE {_periods} SET body = NULL, body_order = @order WHERE body IS NOT NULL AND {range}", values);
        return sessions + bodies
            + (withMeta ? write.Execute($"UPDATE {_periods} SET meta = NULL, meta_order = @order WHERE meta IS NOT NULL AND {range}", values) : 0);
    }

    private static string Name(int at) => "@s" + at.ToString(CultureInfo.InvariantCulture);

    private static string Names(int count) => string.Join(", ", Enumerable.Range(0, count).Select(Name));

    private static PeriodKey ReadPeriod(DbDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetString(2), KeyCommand.Bytes(reader, 3), KeyCommand.Bytes(reader, 4))
    {
        MetaOrder = KeyCommand.Text(reader, 5),
        BodyOrder = KeyCommand.Text(reader, 6),
    };

    private static SessionKey ReadSession(DbDataReader reader) => new(
        Guid.Parse(reader.GetString(0)), reader.GetString(1), reader.GetString(2), KeyCommand.Bytes(reader, 3), KeyCommand.Text(reader, 4));
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;

namespace Chaperone.Recorder.Retention;

/// <summary>Holds and orders, beside the keys that they are about. Thread-safe.</summary>
internal sealed class RetentionStore(KeyDatabase database, KeyStore keys)
{
    private const string HoldColumns = "id, target, reason_key, reason, set_act, lift_act";
    private const string OrderColumns = "id, target, scope, state, reason_key, reason, asked, agreed, refused, done, keys";

    private readonly string _holds = database.Prefix + "hold";
    private readonly string _orders = database.Prefix + "shred";

    /// <summary>Holds, those that stand first, then the newest.</summary>
    public IReadOnlyList<Hold> ListHolds() =>
        database.Read($"SELECT {HoldColumns} FROM {_holds} ORDER BY CASE WHEN lift_act IS NULL THEN 0 ELSE 1 END, id DESC", ReadHold);

    /// <summary>The newest orders.</summary>
    public IReadOnlyList<Order> ListOrders(int most) =>
        database.Read($"SELECT {OrderColumns} FROM {_orders} ORDER BY asked DESC, id DESC LIMIT {most.ToString(CultureInfo.InvariantCulture)}", ReadOrder);

    /// <summary>Orders that two people agreed to and that are not through.</summary>
    public IReadOnlyList<Order> ListApproved() =>
        database.Read($"SELECT {OrderColumns} FROM {_orders} WHERE state = @state ORDER BY id", ReadOrder, ("@state", (int)ShredState.Approved));

    public Order? FindOrder(Guid id) => database.Read($"SELECT {OrderColumns} FROM {_orders} WHERE id = @id", ReadOrder, ("@id", id.ToString())).FirstOrDefault();

    public Hold? FindHold(Guid id) => database.Read($"SELECT {HoldColumns} FROM {_holds} WHERE id = @id", ReadHold, ("@id", id.ToString())).FirstOrDefault();

    /// <summary>Sets a hold, once for its id.</summary>
    public void AddHold(Hold hold) => database.Write(write =>
    {
        write.Enter();
        return write.Execute(
            $"INSERT INTO {_holds} ({HoldColumns}) VALUES (@id, @target, @key, @reason, @set, NULL) ON CONFLICT (id) DO NOTHING",
            ("@id", hold.Id.ToString()), ("@target", TargetText.Write(hold.Target)), ("@key", hold.ReasonKey), ("@reason", hold.Reason), ("@set", Text(hold.Set)));
    });

    /// <summary>Lifts a hold that stands.</summary>
    public void LiftHold(Guid id, RetentionAct act) => database.Write(write => write.Execute(
        $"UPDATE {_holds} SET lift_act = @act WHERE id = @id AND lift_act IS NULL", ("@act", Text(act)), ("@id", id.ToString())));

    /// <summary>Adds an order, once for its id; false if it was there.</summary>
    public bool AddOrder(Order order) => database.Write(write => write.Execute(
        $"INSERT INTO {_orders} ({OrderColumns}) VALUES (@id, @target, @scope, @state, @key, @reason, @asked, @agreed, NULL, NULL, 0) ON CONFLICT (id) DO NOTHING",
        ("@id", order.Id.ToString()), ("@target", TargetText.Write(order.Target)), ("@scope", (int)order.Scope), ("@state", (int)order.State),
        ("@key", order.ReasonKey), ("@reason", order.Reason), ("@asked", Time(order.AskedAt)), ("@agreed", Text(order.Agreed)))) == 1;

    /// <summary>One more person agrees; the second makes the order approved. The order as it then is; null if it is no longer open.</summary>
    public Order? Agree(Guid id, RetentionAct act) => database.Write(write =>
    {
        write.Enter();
        var order = write.Read($"SELECT {OrderColumns} FROM {_orders} WHERE id = @id", ReadOrder, ("@id", id.ToString())).FirstOrDefault();
        if (order is not { State: ShredState.Open })
        {
            return null;
        }

        RetentionAct[] agreed = order.Agreed.Any(a => IsSame(a, act)) ? order.Agreed : [.. order.Agreed, act];
        var state = agreed.Length >= 2 ? ShredState.Approved : ShredState.Open;
        write.Execute(
            $"UPDATE {_orders} SET agreed = @agreed, state = @state WHERE id = @id",
            ("@agreed", Text(agreed)), ("@state", (int)state), ("@id", id.ToString()));
        return order with { Agreed = agreed, State = state };
    });

    /// <summary>Refuses an order that is open.</summary>
    public void Refuse(Guid id, RetentionAct act) => database.Write(write => write.Execute(
        $"UPDATE {_orders} SET refused = @act, state = @refused WHERE id = @id AND state = @open",
        ("@act", Text(act)), ("@refused", (int)ShredState.Refused), ("@open", (int)ShredState.Open), ("@id", id.ToString())));

    /// <summary>Destroys what an approved order names; asked again, it does nothing more. Under a hold nothing is destroyed and the order waits for two people anew; the hold is returned.</summary>
    public Hold? Destroy(Order order, DateTimeOffset now) => database.Write(write =>
    {
        write.Enter();
        if (FindProtecting(order.Target) is { } hold)
        {
            write.Execute(
                $"UPDATE {_orders} SET state = @open, agreed = @nobody WHERE id = @id",
                ("@open", (int)ShredState.Open), ("@nobody", Text([])), ("@id", order.Id.ToString()));
            return hold;
        }

        var (target, withMeta) = (order.Target, order.Scope == ShredScope.All);
        var destroyed = target.FromMonth is { } from
            ? keys.DestroyMonths(write, from, target.ToMonth!, withMeta, order.Id)
            : keys.DestroySessions(write, target.SessionId, PersonOf(target), order.Id);
        write.Execute(
            $"UPDATE {_orders} SET keys = keys + @keys, done = COALESCE(done, @done) WHERE id = @id",
            ("@keys", destroyed), ("@done", Time(now)), ("@id", order.Id.ToString()));
        return null;
    });

    /// <summary>The order is through.</summary>
    public void Finish(Guid id) => database.Write(write =>
        write.Execute($"UPDATE {_orders} SET state = @done WHERE id = @id", ("@done", (int)ShredState.Done), ("@id", id.ToString())));

    /// <summary>Removes what was overwritten from the database's files.</summary>
    public void Wipe() => database.Wipe();

    /// <summary>The first hold that protects something of <paramref name="target"/>; null if there is none.</summary>
    public Hold? FindProtecting(RetentionTarget target) => ListHolds().FirstOrDefault(h => h.Lifted is null && Touches(h.Target, target));

    /// <summary>The months in which a target has keys.</summary>
    public IReadOnlyList<string> MonthsOf(RetentionTarget target) => target.FromMonth is null
        ? keys.FindMonths(target.SessionId, PersonOf(target))
        : [.. keys.ListPeriods().Select(p => p.Month).Where(m => IsWithin(m, target))];

    private bool Touches(RetentionTarget hold, RetentionTarget target)
    {
        if (hold.FromMonth is not null)
        {
            return MonthsOf(target).Any(m => IsWithin(m, hold));
        }

        if (target.FromMonth is not null)
        {
            return MonthsOf(hold).Any(m => IsWithin(m, target));
        }

        return (hold.SessionId, target.SessionId) switch
        {
            ({ } held, { } wanted) => held == wanted,
            ({ } held, null) => keys.IsOf(held, PersonOf(target)!),
            (null, { } wanted) => keys.IsOf(wanted, PersonOf(hold)!),
            _ => PersonOf(hold) == PersonOf(target),
        };
    }

    private static bool IsWithin(string month, RetentionTarget months) =>
        string.CompareOrdinal(month, months.FromMonth) >= 0 && string.CompareOrdinal(month, months.ToMonth) <= 0;

    private static string? PersonOf(RetentionTarget target) =>
        target.Subject is null ? null : JsonSerializer.Serialize((string[])[target.Issuer!, target.Subject]);

    /// <summary>Whether two acts are one person's.</summary>
    public static bool IsSame(RetentionAct one, RetentionAct other) => one.Issuer == other.Issuer && one.Subject == other.Subject;

    private static Hold ReadHold(DbDataReader reader) => new(
        Guid.Parse(reader.GetString(0)),
        TargetText.Read(reader.GetString(1)),
        reader.GetString(2),
        reader.GetFieldValue<byte[]>(3),
        JsonSerializer.Deserialize<RetentionAct>(reader.GetString(4))!,
        KeyCommand.Text(reader, 5) is { } lifted ? JsonSerializer.Deserialize<RetentionAct>(lifted) : null);

    private static Order ReadOrder(DbDataReader reader) => new(
        Guid.Parse(reader.GetString(0)), TargetText.Read(reader.GetString(1)), (ShredScope)reader.GetInt32(2), (ShredState)reader.GetInt32(3), Time(reader.GetString(6)))
    {
        ReasonKey = KeyCommand.Text(reader, 4),
        Reason = KeyCommand.Bytes(reader, 5),
        Agreed = JsonSerializer.Deserialize<RetentionAct[]>(reader.GetString(7))!,
        Refused = KeyCommand.Text(reader, 8) is { } refused ? JsonSerializer.Deserialize<RetentionAct>(refused) : null,
        DestroyedAt = KeyCommand.Text(reader, 9) is { } done ? Time(done) : null,
        Keys = reader.GetInt64(10),
    };

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private static string Text(RetentionAct[] acts) => JsonSerializer.Serialize(acts);

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}

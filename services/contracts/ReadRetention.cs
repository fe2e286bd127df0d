namespace Chaperone.Contracts;

/// <summary>Console to recorder: what is kept how long, what is on hold, what is to be destroyed.</summary>
public sealed record ReadRetention
{
    /// <summary>Id that reasons in the answer are sealed under.</summary>
    public required Guid RequestId { get; init; }
}

/// <summary>How retention stands.</summary>
public sealed record RetentionReport
{
    /// <summary>Days that the facts of a record are kept; at least 2,192 (45 CFR 164.316(b)(2)(i)).</summary>
    public required int MetaDays { get; init; }

    /// <summary>Days that messages are kept.</summary>
    public required int BodyDays { get; init; }

    /// <summary>Months with records, the oldest first.</summary>
    public required RetentionPeriod[] Periods { get; init; }

    /// <summary>Holds, those that stand first.</summary>
    public required RetentionHold[] Holds { get; init; }

    /// <summary>Orders to destroy, the newest first; at most 500.</summary>
    public required ShredOrder[] Orders { get; init; }
}

/// <summary>What a hold protects or an order destroys: one session, one person's sessions, or whole months. Exactly one of them is set.</summary>
public sealed record RetentionTarget
{
    /// <summary>The session.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The person's issuer; set together with <see cref="Subject"/>.</summary>
    public string? Issuer { get; init; }

    /// <summary>The person's subject.</summary>
    public string? Subject { get; init; }

    /// <summary>First month, <c>2026-11</c> (UTC); set together with <see cref="ToMonth"/>.</summary>
    public string? FromMonth { get; init; }

    /// <summary>Last month, included.</summary>
    public string? ToMonth { get; init; }
}

/// <summary>One month of records.</summary>
public sealed record RetentionPeriod
{
    /// <summary><c>2026-11</c> (UTC), by when records were sealed.</summary>
    public required string Month { get; init; }

    /// <summary>Id of its keys, as headers of records name it.</summary>
    public required string KeyId { get; init; }

    /// <summary>The root key that wraps them.</summary>
    public required string RootId { get; init; }

    /// <summary>Sessions whose messages still open.</summary>
    public required long Sessions { get; init; }

    /// <summary>When its messages have been kept long enough.</summary>
    public required DateTimeOffset BodyDue { get; init; }

    /// <summary>When its facts have been kept long enough.</summary>
    public required DateTimeOffset MetaDue { get; init; }

    /// <summary>The order that shredded all its messages; null while they open.</summary>
    public string? BodyOrder { get; init; }

    /// <summary>The order that shredded its facts, too; null while they open.</summary>
    public string? MetaOrder { get; init; }

    /// <summary>True while a hold protects something in it.</summary>
    public required bool IsHeld { get; init; }
}

/// <summary>A legal hold: what it names is not shredded while it stands.</summary>
public sealed record RetentionHold
{
    /// <summary>UUIDv7.</summary>
    public required Guid HoldId { get; init; }

    /// <summary>What it protects.</summary>
    public required RetentionTarget Target { get; init; }

    /// <summary>Why, sealed under the request's id; null if it no longer opens.</summary>
    public SealedPayload? Reason { get; init; }

    /// <summary>Who set it, and when.</summary>
    public required RetentionAct Set { get; init; }

    /// <summary>Who lifted it, and when; null while it stands.</summary>
    public RetentionAct? Lifted { get; init; }
}

/// <summary>An order to destroy keys.</summary>
public sealed record ShredOrder
{
    /// <summary>UUIDv7.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What it destroys.</summary>
    public required RetentionTarget Target { get; init; }

    /// <summary>How much of it.</summary>
    public required ShredScope Scope { get; init; }

    /// <summary>How far it is.</summary>
    public required ShredState State { get; init; }

    /// <summary>Why, sealed under the request's id; null where the end of retention is the reason.</summary>
    public SealedPayload? Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Who asked for it or agreed; two different people let it be carried out.</summary>
    public required RetentionAct[] Agreed { get; init; }

    /// <summary>Who refused it; null if nobody did.</summary>
    public RetentionAct? Refused { get; init; }

    /// <summary>When the keys were destroyed; null before.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Keys destroyed.</summary>
    public required long Keys { get; init; }
}

/// <summary>Who did something, and when.</summary>
public sealed record RetentionAct
{
    /// <summary>The person's issuer.</summary>
    public required string Issuer { get; init; }

    /// <summary>The person's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>A name to show; null if the provider gave none.</summary>
    public string? Name { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>How much an order destroys; the safe side is zero.</summary>
public enum ShredScope
{
    /// <summary>The messages; the facts stay.</summary>
    Body = 0,

    /// <summary>Messages and facts; of whole months only, after the floor of six years.</summary>
    All = 1,
}

/// <summary>How far an order is.</summary>
public enum ShredState
{
    /// <summary>It waits for people to agree.</summary>
    Open = 0,

    /// <summary>Two people agreed; the keys are being destroyed.</summary>
    Approved = 1,

    /// <summary>The keys are destroyed.</summary>
    Done = 2,

    /// <summary>Somebody refused it.</summary>
    Refused = 3,
}

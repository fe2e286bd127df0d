using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Saved;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Retention;

/// <summary>
/// Sets and lifts holds, and takes orders to destroy from people. Everything is recorded before it counts, but for a hold, which
/// stands first: what fails then fails to the safe side.
/// </summary>
internal sealed class RetentionDesk(
    RetentionStore store, RetentionRecords records, Shredder shredder, SearchSealer sealer, IPayloadSeal bus, IOptions<RecorderOptions> options, TimeProvider time)
{
    /// <summary>Owner of the reasons that are kept sealed.</summary>
    public const string ReasonOwner = "retention";

    private const int ShortestReason = 10;
    private const int LongestReason = 500;

    // Clocks of recorders differ a little, and records are sealed by them.
    private static readonly TimeSpan AfterMonth = TimeSpan.FromHours(1);

    /// <summary>Does as asked; one sentence says why not.</summary>
    public async ValueTask<string?> ChangeAsync(ChangeRetention request, CancellationToken cancellationToken)
    {
        var reason = bus.Open(request.Reason, request.RequestId);
        if (Encoding.UTF8.GetString(reason).Trim().Length is var length and (< ShortestReason or > LongestReason))
        {
            return $"The reason has {length} characters: give {ShortestReason} to {LongestReason}.";
        }

        var act = new RetentionAct { Issuer = request.Actor.Issuer, Subject = request.Actor.Subject, Name = request.Actor.Name, At = time.GetUtcNow() };
        return request.Change switch
        {
            RetentionChange.Hold => await HoldAsync(request, act, reason, cancellationToken),
            RetentionChange.Lift => await LiftAsync(request, act, cancellationToken),
            RetentionChange.Ask => await AskAsync(request, act, reason, cancellationToken),
            RetentionChange.Agree => await AgreeAsync(request, act, cancellationToken),
            RetentionChange.Refuse => await RefuseAsync(request, act, cancellationToken),
            _ => "The recorder does not know this change; it is of an older version than the console.",
        };
    }

    /// <summary>Why this may not be destroyed now, but for holds; null if it may.</summary>
    public string? WhyNot(RetentionTarget target, ShredScope scope)
    {
        var months = store.MonthsOf(target);
        if (months.Count == 0)
        {
            return $"No key of {TargetText.Say(target)} is kept here, so there is nothing to destroy. Records of versions before retention have no keys of their own.";
        }

        if (scope == ShredScope.All && target.FromMonth is null)
        {
            return "Facts can be destroyed by whole months only: name months, or destroy the messages alone.";
        }

        var now = time.GetUtcNow();
        var last = TargetText.EndOf(target.ToMonth ?? months[^1]);
        if (now < last + AfterMonth)
        {
            return $"Records are still being sealed under these keys: ask again after {last + AfterMonth:yyyy-MM-dd HH:mm} UTC.";
        }

        var days = Math.Max(options.Value.Retention.MetaDays, RetentionOptions.FloorDays);
        return scope == ShredScope.All && now < last.AddDays(days)
            ? $"Facts are kept {days} days after their month (45 CFR 164.316(b)(2)(i)): ask again on {last.AddDays(days):yyyy-MM-dd}, or destroy the messages alone."
            : null;
    }

    private async ValueTask<string?> HoldAsync(ChangeRetention request, RetentionAct act, byte[] reason, CancellationToken cancellationToken)
    {
        if (TargetText.Problem(request.Target) is { } problem)
        {
            return problem;
        }

        var kept = await sealer.SealAsync(request.RequestId, ReasonOwner, reason, act.At, cancellationToken);
        store.AddHold(new Hold(request.RequestId, request.Target!, kept.KeyId, kept.Content, act, null));
        await records.WriteAsync(request, "hold-set", request.RequestId, request.Target!, null, cancellationToken);
        return null;
    }

    private async ValueTask<string?> LiftAsync(ChangeRetention request, RetentionAct act, CancellationToken cancellationToken)
    {
        if (request.Id is not { } id || store.FindHold(id) is not { Lifted: null } hold)
        {
            return "There is no such hold, or it was lifted already. Load the page again.";
        }

        await records.WriteAsync(request, "hold-lifted", id, hold.Target, null, cancellationToken);
        store.LiftHold(id, act);
        return null;
    }

    private async ValueTask<string?> AskAsync(ChangeRetention request, RetentionAct act, byte[] reason, CancellationToken cancellationToken)
    {
        if (TargetText.Problem(request.Target) is { } problem)
        {
            return problem;
        }

        if (!Enum.IsDefined(request.Scope))
        {
            return "The recorder does not know this scope.";
        }

        var target = request.Target!;
        if ((WhyNot(target, request.Scope) ?? WhyHeld(target)) is { } no)
        {
            return no;
        }

        await records.WriteAsync(request, "shred-asked", request.RequestId, target, request.Scope, cancellationToken);
        var kept = await sealer.SealAsync(request.RequestId, ReasonOwner, reason, act.At, cancellationToken);
        store.AddOrder(new Order(request.RequestId, target, request.Scope, ShredState.Open, act.At) { ReasonKey = kept.KeyId, Reason = kept.Content, Agreed = [act] });
        return null;
    }

    private async ValueTask<string?> AgreeAsync(ChangeRetention request, RetentionAct act, CancellationToken cancellationToken)
    {
        if (Open(request.Id) is not { } order)
        {
            return "There is no such order, or it is not open any more. Load the page again.";
        }

        if (order.Agreed.Any(a => RetentionStore.IsSame(a, act)))
        {
            return "You asked for it or agreed already: a second person has to agree.";
        }

        if ((WhyNot(order.Target, order.Scope) ?? WhyHeld(order.Target)) is { } no)
        {
            return no;
        }

        await records.WriteAsync(request, "shred-agreed", order.Id, order.Target, order.Scope, cancellationToken);
        var after = store.Agree(order.Id, act);
        return after is { State: ShredState.Approved } ? await shredder.DestroyAsync(after, cancellationToken) : null;
    }

    private async ValueTask<string?> RefuseAsync(ChangeRetention request, RetentionAct act, CancellationToken cancellationToken)
    {
        if (Open(request.Id) is not { } order)
        {
            return "There is no such order, or it is not open any more. Load the page again.";
        }

        await records.WriteAsync(request, "shred-refused", order.Id, order.Target, order.Scope, cancellationToken);
        store.Refuse(order.Id, act);
        return null;
    }

    private Order? Open(Guid? id) => id is { } order && store.FindOrder(order) is { State: ShredState.Open } found ? found : null;

    private string? WhyHeld(RetentionTarget target) => store.FindProtecting(target) is { } hold
        ? Shredder.SayHeld(hold)
        : null;
}

using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

/// <summary>Break-glass as the console sees it: the report of the test, and every change noted.</summary>
internal sealed class FakeBreakGlass(FakeRooms rooms) : IDoor<ReadBreakGlass, BreakGlassReport>, IDoor<ChangeBreakGlass, BreakGlassChanged>
{
    public ValueTask<BreakGlassReport> AnswerAsync(ReadBreakGlass request, CancellationToken cancellationToken) => rooms.PolicyAway
        ? throw new InvalidOperationException("secret detail")
        : ValueTask.FromResult(request.WindowId is { } id
            ? rooms.BreakGlass with { Windows = [.. rooms.BreakGlass.Windows.Concat(rooms.BreakGlass.Open).Where(w => w.WindowId == id)] }
            : rooms.BreakGlass);

    public ValueTask<BreakGlassChanged> AnswerAsync(ChangeBreakGlass request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        return ValueTask.FromResult(new BreakGlassChanged { Done = rooms.BreakGlassProblem is null, Problem = rooms.BreakGlassProblem });
    }
}

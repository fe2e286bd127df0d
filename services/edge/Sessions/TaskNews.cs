using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Edge.Sessions;

/// <summary>Hears, in each edge, of tasks that were given to callers.</summary>
internal sealed class TaskNews(TaskBook book) : IHear<TaskGiven>
{
    public ValueTask HearAsync(TaskGiven heard, CancellationToken cancellationToken)
    {
        book.Note(heard);
        return ValueTask.CompletedTask;
    }
}

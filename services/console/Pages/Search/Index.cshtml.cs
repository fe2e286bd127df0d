using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Search;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Search;

/// <summary>Messages found by words, fields and time; searches saved for the next time.</summary>
internal sealed class IndexModel(
    Rooms rooms, Visitors visitors, ConsoleJournal journal, WordsTicket tickets, SavedSearches saved, IPayloadSeal seal, TimeProvider time) : PageModel
{
    private const int PageSize = 50;

    public Question Question { get; private set; } = new();

    /// <summary>The words, sealed for the addresses of this page.</summary>
    public string? Ticket { get; private set; }

    public Hit[] Hits { get; private set; } = [];

    public long? Before { get; private set; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    /// <summary>Why the question was not asked; null if it was.</summary>
    public string? Problem { get; private set; }

    public SavedQuestion[] Saved { get; private set; } = [];

    /// <summary>The saved search that is shown; null for another one.</summary>
    public SavedQuestion? Current { get; private set; }

    [TempData(Key = "console.saved")]
    public string? SavedAnswer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(Guid? saved, long? before)
    {
        var person = visitors.Of(User).Person;
        Saved = await Searches.ListAsync(person, HttpContext.RequestAborted);
        Current = saved is null ? null : Saved.FirstOrDefault(s => s.Id == saved);
        var opened = tickets.TryOpen(Request.Query["q"], out var words);
        Question = Current?.Question ?? Question.Of(name => Request.Query[name], words);
        Ticket = tickets.Seal(Question.Words);
        Before = before;
        var (from, to, problem) = Question.Period.At(Now);
        Problem = !opened ? "That link has expired. Type the words again."
            : saved is not null && Current is null ? "That search is not among yours; it may have been deleted."
            : problem;
        if (Problem is null)
        {
            await FindAsync(person, from, to);
        }
    }

    public RedirectResult OnPost()
    {
        var question = Question.Of(name => Request.Form[name], Request.Form["words"]);
        return Redirect(question.Address(tickets.Seal(question.Words)));
    }

    public async Task<RedirectResult> OnPostSaveAsync(string? name)
    {
        var (question, ticket) = Asked();
        var problem = await Searches.KeepAsync(visitors.Of(User).Person, name, question, HttpContext.RequestAborted);
        SavedAnswer = problem is null ? "+Saved. Only you see it." : $"-{problem}";
        return Redirect(question.Address(ticket));
    }

    public async Task<RedirectResult> OnPostForgetAsync(Guid id)
    {
        await Searches.ForgetAsync(visitors.Of(User).Person, id, HttpContext.RequestAborted);
        SavedAnswer = "+Deleted.";
        return Redirect("/search");
    }

    private SavedSearches Searches => saved;

    private (Question Question, string? Ticket) Asked()
    {
        tickets.TryOpen(Request.Query["q"], out var words);
        var question = Question.Of(name => Request.Query[name], words);
        return (question, tickets.Seal(question.Words));
    }

    private async Task FindAsync(Principal person, DateTimeOffset? from, DateTimeOffset? to)
    {
        // That somebody searched, and by which fields, is told for ever; the words are not, for they may name a patient.
        var by = Question.Fields.Where(f => Question.ValueOf(f.Field) is not null).Select(f => f.Name).Prepend("words").Where(n => n != "words" || Question.Words is not null);
        await journal.WriteAsync(RecordKind.Review, person, $"searched messages by {string.Join(", ", by.DefaultIfEmpty("time"))}", HttpContext.RequestAborted);

        var id = Guid.CreateVersion7(Now);
        var terms = JsonSerializer.SerializeToUtf8Bytes(new MessageTerms { Words = Question.Words, Filters = Question.Filters });
        var page = await rooms.FindMessagesAsync(
            new FindMessages { QueryId = id, Terms = seal.Seal(terms, id), From = from, To = to, Before = Before, Limit = PageSize },
            HttpContext.RequestAborted);
        Problem = page.Problem;
        Hits = [.. page.Items.Select(i => Hit.Of(i, Question.Words, seal))];
        Next = page.Next;
    }
}

using System.Collections.Concurrent;
using Chaperone.Console.Tests;
using Chaperone.TestKit;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

/// <summary>One person's visit. Everything the browser complains about is kept: refused scripts and styles, script errors, dialogs.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue($"page error: {error}");
        page.Dialog += async (_, dialog) =>
        {
            Complaints.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Signs in as a person does: by the links of the console and of the issuer.</summary>
    public Task SignInAsync(ConsoleStage stage, TestPerson person) => SignInAsync(stage.Url, person);

    /// <summary>The same at the console under <paramref name="console"/>.</summary>
    public async Task SignInAsync(Uri console, TestPerson person)
    {
        await Page.GotoAsync(console.ToString());
        await Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your organisation" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = person.Name, Exact = true }).ClickAsync();
        await Page.GetByText(person.Name).First.WaitForAsync();
    }

    /// <summary>Pixels by which the page is wider than the window.</summary>
    public Task<int> OverhangAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Keeps a picture where CHAPERONE_TEST_PICTURES names a folder, to be looked at.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CHAPERONE_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

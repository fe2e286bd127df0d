namespace Chaperone.Bus.Health;

/// <summary><c>--health http://127.0.0.1:8080/health/ready</c>: the program asks its own running process and ends, for images that hold no curl.</summary>
public static class SelfCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether the arguments ask for a check instead of a room.</summary>
    public static bool IsAsked(string[] args) => args is ["--health", _];

    /// <summary>Ends the process with 0 when the address answers 2xx within 5 s, else with 1 and one line on standard error.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var client = new HttpClient { Timeout = Limit };
        try
        {
            using var answer = await client.GetAsync(new Uri(args[1]));
            if (answer.IsSuccessStatusCode)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync(await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }

        return 1;
    }
}

namespace Chaperone.Console.Web;

/// <summary>Where in a list a page stands.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="Ticket">The sealed search that every page's address carries; null without one.</param>
internal sealed record Paging(int Number, int Size, int Total, string? Ticket)
{
    public static int Offset(int number, int size) => (Math.Clamp(number, 1, 1_000_000) - 1) * size;

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    public bool HasPrevious => Number > 1;

    public bool HasNext => Number < Pages;

    public string Address(int number) =>
        Ticket is null ? $"?p={number}" : $"?p={number}&s={Uri.EscapeDataString(Ticket)}";
}

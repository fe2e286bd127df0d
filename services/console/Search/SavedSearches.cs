using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Search;

/// <summary>A person's saved searches, kept by the recorder; name and question cross the bus sealed.</summary>
internal sealed class SavedSearches(Rooms rooms, IPayloadSeal seal, TimeProvider time)
{
    public const int MaxName = 60;

    public async Task<SavedQuestion[]> ListAsync(Principal owner, CancellationToken cancellationToken)
    {
        var list = await rooms.ListSearchesAsync(new ListSearches { Owner = owner }, cancellationToken);
        return [.. list.Items.Select(Open).OfType<SavedQuestion>().OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Saves under a name; the same name is replaced. Null when it was kept, else a sentence.</summary>
    public async Task<string?> KeepAsync(Principal owner, string? name, Question question, CancellationToken cancellationToken)
    {
        var trimmed = name?.Trim();
        if (string.IsNullOrEmpty(trimmed) || trimmed.Length > MaxName)
        {
            return $"A saved search needs a name of 1 to {MaxName} characters.";
        }

        var same = (await ListAsync(owner, cancellationToken)).FirstOrDefault(s => string.Equals(s.Name, trimmed, StringComparison.OrdinalIgnoreCase));
        var id = same?.Id ?? Guid.CreateVersion7(time.GetUtcNow());
        var content = JsonSerializer.SerializeToUtf8Bytes(new SavedQuestion(id, trimmed, question));
        return (await rooms.KeepSearchAsync(new KeepSearch { Owner = owner, SearchId = id, Content = seal.Seal(content, id) }, cancellationToken)).Problem;
    }

    public Task ForgetAsync(Principal owner, Guid id, CancellationToken cancellationToken) =>
        rooms.KeepSearchAsync(new KeepSearch { Owner = owner, SearchId = id }, cancellationToken);

    private SavedQuestion? Open(SavedSearch saved)
    {
        try
        {
            return JsonSerializer.Deserialize<SavedQuestion>(seal.Open(saved.Content, saved.SearchId)) is { } question ? question with { Id = saved.SearchId } : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>One saved search.</summary>
internal sealed record SavedQuestion(Guid Id, string Name, Question Question);

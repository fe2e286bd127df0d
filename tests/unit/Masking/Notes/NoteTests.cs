using System.Text.Json;

namespace Chaperone.Masking.Tests.Notes;

/// <summary>
/// Made-up notes, letters, logs and tables as hospitals write them, one a line of notes.jsonl: what identifies must be gone,
/// what a clinician or engineer needs must stay. None was used to train the tagger.
/// </summary>
public sealed class NoteTests
{
    private static readonly Masker Masker = new(new MaskingOptions(), MaskingBench.Time);

    public static TheoryData<string> Ids => [.. Notes().Select(n => n.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Note_Masked_LosesWhatIdentifiesAndKeepsTheRest(string id)
    {
        var note = Notes().Single(n => n.Id == id);

        var masked = Masker.Scan(note.Text).Masked;

        Assert.All(note.Gone, gone => Assert.DoesNotContain(gone, masked, StringComparison.Ordinal));
        Assert.All(note.Stays, stays => Assert.Contains(stays, masked, StringComparison.Ordinal));
    }

    private static IEnumerable<Note> Notes() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Notes", "notes.jsonl")).Select(l => JsonSerializer.Deserialize<Note>(l, JsonSerializerOptions.Web)!);

    /// <summary>A line of the file.</summary>
    private sealed record Note(string Id, string Text, string[] Gone, string[] Stays);
}

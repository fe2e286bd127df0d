using System.Text.Json;

namespace Chaperone.Masking.Tests.Notes;

/// <summary>
/// Made-up notes, letters, logs and tables as hospitals write them, one a line of notes.jsonl, and messages, files and codes
/// in the forms of systems, one a line of forms.jsonl, and what else passes by, from labels and worklists to dictations and faxes,
/// one a line of systems.jsonl: what identifies must be gone, what a clinician or engineer needs must stay. None was used to
/// train the tagger.
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

    /// <summary>A stream may break off anywhere: what is left is masked and not withheld, whatever its last letters look like.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Note_CutAnywhere_IsMasked(string id)
    {
        var text = Notes().Single(n => n.Id == id).Text;

        Assert.All(Enumerable.Range(1, text.Length), length => Assert.Equal(WithheldReason.None, Masker.Scan(text[..length]).Reason));
    }

    [Theory]
    [InlineData("pt stable 4/9 ")]
    [InlineData("pt stable 4/9-")]
    [InlineData("pt stable 4/9 - ")]
    [InlineData("BP ok, 4/8-4/9 ")]
    public void Note_EndsBehindADay_IsMasked(string text) => Assert.Equal(WithheldReason.None, Masker.Scan(text).Reason);

    private static IEnumerable<Note> Notes() => new[] { "notes.jsonl", "forms.jsonl", "systems.jsonl" }
        .SelectMany(f => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Notes", f)))
        .Select(l => JsonSerializer.Deserialize<Note>(l, JsonSerializerOptions.Web)!);

    /// <summary>A line of a file.</summary>
    private sealed record Note(string Id, string Text, string[] Gone, string[] Stays);
}

using Chaperone.Masking.Words;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Masking.Tests.Words;

/// <summary>A table of words answers what a dictionary answers.</summary>
public sealed class WordMapTests
{
    private static readonly Gen<string> Word =
        Gen.SelectMany(Gen.Choose(0, 7), length => Gen.Select(Gen.ArrayOf(Gen.Elements('a', 'b', 'A', 'B', 'é', 'É', '1', '-'), length), letters => new string(letters)));

    [Property(MaxTest = 500)]
    public Property Table_AskedForAnyWord_AnswersAsADictionary() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Word, 60)), Arb.From(Gen.ListOf(Word, 200)), Arb.From(Gen.Elements(false, true)), (words, asked, ignoreCase) =>
        {
            var theirs = new Dictionary<string, int>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
            foreach (var word in words)
            {
                theirs[word] = word.Length;
            }

            var ours = new WordMap<int>(theirs, ignoreCase);

            return words.Concat(asked).All(word => ours.ContainsKey(word) == theirs.TryGetValue(word, out var expected) && (!ours.TryGetValue(word, out var found) || found == expected));
        });
}

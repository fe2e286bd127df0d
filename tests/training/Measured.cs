using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Training;

/// <summary>How the tagger alone does on samples that it did not learn from. The engine as a whole is measured by <c>make eval</c>.</summary>
internal sealed record Measured(int Persons, int PersonsFound, int Places, int PlacesFound, int Tagged, int TaggedRight, int Words, int WordsWrong)
{
    public static Measured Of(NameModel model, IEnumerable<Sample> samples)
    {
        var tagger = new NameTagger(model);
        var scan = new TextScan();
        var units = new TextUnits(model);
        var none = new TextSpans();
        var total = new Measured(0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var sample in samples)
        {
            scan.Load(sample.Text);
            units.Load(scan, none);
            var tags = new NameTag[units.Count];
            tagger.Tag(scan, units, tags);
            total = total.With(scan, tags, Trainer.Gold(scan, units, sample));
        }

        return total;
    }

    public void Print(string name) => Console.WriteLine(
        $"{name,-36} person {Ratio(PersonsFound, Persons)} of {Persons,5}  place {Ratio(PlacesFound, Places)} of {Places,5}  precision {Ratio(TaggedRight, Tagged)}  other words tagged {Ratio(WordsWrong, Words)}");

    private static string Ratio(int part, int whole) => whole == 0 ? "  -  " : $"{(double)part / whole:0.000}";

    private static bool IsFirst(NameTag tag) => tag is NameTag.Person or NameTag.Place;

    private static bool Counts(NameTag tag) => tag is NameTag.Person or NameTag.InPerson or NameTag.Place or NameTag.InPlace;

    private Measured With(TextScan scan, NameTag[] tags, NameTag[] gold)
    {
        var m = this;
        for (var i = 0; i < gold.Length; i++)
        {
            if (IsFirst(gold[i]))
            {
                var found = true;
                for (var j = i; j < gold.Length && (j == i || gold[j] == gold[i] + 1); j++)
                {
                    found &= Counts(tags[j]) || scan.Words[j].IsNumber;
                }

                m = gold[i] == NameTag.Person ? m with { Persons = m.Persons + 1, PersonsFound = m.PersonsFound + (found ? 1 : 0) } : m with { Places = m.Places + 1, PlacesFound = m.PlacesFound + (found ? 1 : 0) };
            }

            if (IsFirst(tags[i]))
            {
                var right = false;
                for (var j = i; j < tags.Length && (j == i || tags[j] == tags[i] + 1); j++)
                {
                    right |= Counts(gold[j]);
                }

                m = m with { Tagged = m.Tagged + 1, TaggedRight = m.TaggedRight + (right ? 1 : 0) };
            }

            m = gold[i] == NameTag.Outside ? m with { Words = m.Words + 1, WordsWrong = m.WordsWrong + (Counts(tags[i]) ? 1 : 0) } : m;
        }

        return m;
    }
}

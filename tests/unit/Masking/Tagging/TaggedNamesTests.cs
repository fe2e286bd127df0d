using Chaperone.Masking.Tagging;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Masking.Tests.Tagging;

/// <summary>Names and places without a label are found by their surroundings; what medicine named after somebody stays readable.</summary>
public sealed class TaggedNamesTests
{
    private static readonly string[] Pieces =
        ["Spoke with", "Maria Okonkwo", "Jean-Luc", "O'Brien", "in", "Duluth", ".", ",", "and", "the", "[NAME]", "GERD", "\n", "mr.", "van der", "Parkinson's disease", "St. Mary's", "was", "(", "é", "12"];

    [Theory]
    [InlineData("Spoke with Gregory Papadopoulos about the plan.", "Gregory Papadopoulos")]
    [InlineData("Margarethe Oyelaran is a pleasant woman who came in today.", "Margarethe Oyelaran")]
    [InlineData("The results were sent to Priya Venkataraman yesterday.", "Priya Venkataraman")]
    [InlineData("her brother Tobias O'Connell drove her home", "Tobias O'Connell")]
    [InlineData("my name is melissa kowalski and i need a refill", "melissa kowalski")]
    [InlineData("Please call Anne-Marie de la Cruz tomorrow.", "Anne-Marie de la Cruz")]
    [InlineData("Reviewed by Thomas Lindqvist and Aisha Bello.", "Aisha Bello")]
    [InlineData("Letter for José Núñez-Ortega was returned.", "José Núñez-Ortega")]
    [InlineData("The patient moved to Duluth last year.", "Duluth")]
    [InlineData("She was treated at Lakeview Regional Medical Center in March.", "Lakeview Regional Medical Center")]
    [InlineData("He grew up in Guadalajara and works there.", "Guadalajara")]
    public void Text_NamesSomebodyOrAPlace_IsMasked(string text, string value)
    {
        Assert.DoesNotContain(value, MaskingBench.Text(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("History of Parkinson's disease and Crohn disease, on Sinemet.")]
    [InlineData("A Foley catheter was placed; Romberg sign negative.")]
    [InlineData("Positive Chaddock reflex, Glasgow Coma Scale normal.")]
    [InlineData("Seen for GERD, COPD and CHF. EMG was normal.")]
    [InlineData("CHIEF COMPLAINT\n\nKnee pain.\n\nREVIEW OF SYSTEMS\n\nCardiovascular: Denies chest pain.")]
    [InlineData("Started Lisinopril, stopped Metoprolol and Eliquis.")]
    [InlineData("Lyme disease titer pending. West Nile virus negative.")]
    [InlineData("The patient lives in Texas.")]
    [InlineData("Physical Therapy referral. Return to Clinic in two weeks.")]
    [InlineData("diagnosed with Alzheimer's, stable")]
    public void Text_OfMedicine_StaysReadable(string text)
    {
        Assert.Equal(text, MaskingBench.Text(text));
    }

    [Theory]
    [InlineData("""{"status":"Active","unit":"General Surgery","panel":"Lipid Panel","brand":"Boston Scientific","display":"Aspirin 81 MG Oral Tablet"}""")]
    [InlineData("""{"name":"Blood Culture","vendor":"Baxter","ward":"Chicago"}""")]
    public void Field_OfAWordOrTwo_IsNotReadAsASentence(string json)
    {
        Assert.Equal(json, MaskingBench.Json(json));
    }

    [Theory]
    [InlineData("""{"note":"spoke with melissa kowalski about it"}""", "melissa")]
    [InlineData("""{"note":"write to jane.doe (at) example dot org please"}""", "jane.doe")]
    public void Field_InSmallLetters_IsMasked(string json, string value)
    {
        Assert.DoesNotContain(value, MaskingBench.Json(json), StringComparison.Ordinal);
    }

    [Fact]
    public void Field_OfAWholeName_IsMasked()
    {
        Assert.Equal("""{"x":"[NAME]"}""", MaskingBench.Json("""{"x":"Jennifer Martinez"}"""));
    }

    [Fact]
    public void Name_FoundInASentence_IsMaskedWhereItStandsAlone()
    {
        Assert.Equal(
            """{"a":"Spoke with [NAME] about the plan.","b":"ask [NAME]"}""",
            MaskingBench.Json("""{"a":"Spoke with Gregory Papadopoulos about the plan.","b":"ask Papadopoulos"}"""));
    }

    [Fact]
    public void Model_Shipped_IsSmallAndKnowsItsLists()
    {
        using var resource = typeof(NameModel).Assembly.GetManifestResourceStream("names.model")!;

        Assert.InRange(resource.Length, 1, 8_000_000);
        Assert.True(NameModel.Shipped.Find("José").HasFlag(NameLists.CommonGiven));
        Assert.True(NameModel.Shipped.Find("Duluth").HasFlag(NameLists.Town));
        Assert.True(NameModel.Shipped.Find("lisinopril").HasFlag(NameLists.Medical));
        Assert.Equal(NameLists.None, NameModel.Shipped.Find("zqxzqx"));
    }

    [Fact]
    public void Model_CutShort_IsRefused()
    {
        var bytes = new NameModel(NameModel.NewLists(8), new short[NameModel.Row]).ToBytes();

        Assert.Throws<InvalidDataException>(() => NameModel.Read(new MemoryStream(bytes[..^2])));
        Assert.Equal(bytes, NameModel.Read(new MemoryStream(bytes)).ToBytes());
    }

    [Property(MaxTest = 500)]
    public Property Text_OfNamesAndMasks_IsMaskedOnce()
    {
        var texts = Gen.Elements(Pieces).ListOf(9).Select(parts => string.Join(' ', parts));
        return Prop.ForAll(Arb.From(texts), text =>
        {
            var once = MaskingBench.Text(text);
            return MaskingBench.Text(once) == once;
        });
    }
}

using System.Text.Json;
using Chaperone.Masking.Deep;

namespace Chaperone.Masking.Tests.Deep;

public sealed class DeepLabelsTests
{
    [Theory]
    [InlineData("O", "None", false)]
    [InlineData("B-PATIENT", "Name", true)]
    [InlineData("I-HCW", "Name", false)]
    [InlineData("U-DATE", "Date", true)]
    [InlineData("S-LOC", "Location", true)]
    [InlineData("L-LOC", "Location", false)]
    [InlineData("E-private_person", "Name", false)]
    [InlineData("PHONE", "Phone", false)]
    [InlineData("B_email", "Email", true)]
    public void Read_Label_IsItsClassAndPlace(string label, string identifier, bool begins)
    {
        using var config = JsonDocument.Parse($$$"""{"id2label":{"0":"O","1":"{{{label}}}"}}""");

        var labels = DeepLabels.Read(config.RootElement, new Dictionary<string, string>());

        Assert.Equal((identifier, begins), (labels[1].ToString(), labels.Begins(1)));
    }
}

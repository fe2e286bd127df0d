using Chaperone.Recorder.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

public class ElasticOptionsTests
{
    [Fact]
    public void Check_NoUrl_AsksForNothing() => Assert.Empty(Problems(new ElasticOptions { Namespace = "-", ApiKeyFile = "/none" }));

    [Fact]
    public void Check_Defaults_AreRight() => Assert.Empty(Problems(new ElasticOptions { Url = "https://elastic.example.org:9200" }));

    [Theory]
    [InlineData("elastic:9200", "not an http or https URL")]
    [InlineData("ftp://elastic", "not an http or https URL")]
    [InlineData("http://elastic.example.org:9200", "http to another machine")]
    [InlineData("https://user:hidden@elastic.example.org", "holds a user or a query (not shown)")]
    public void Check_Url_SaysWhatIsWrong(string url, string says)
    {
        var problem = Assert.Single(Problems(new ElasticOptions { Url = url }));

        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_HttpToLoopbackOrAllowed_Passes()
    {
        Assert.Empty(Problems(new ElasticOptions { Url = "http://127.0.0.1:9200" }));
        Assert.Empty(Problems(new ElasticOptions { Url = "http://elastic:9200", AllowHttp = true }));
    }

    [Fact]
    public void Check_ManyWrong_NamesEachKey()
    {
        var problems = Problems(new ElasticOptions
        {
            Url = "https://elastic",
            ApiKeyFile = "/nowhere/key",
            CaFile = "/nowhere/ca.pem",
            Namespace = "A B",
            BatchRecords = 0,
            RequestBytes = 1,
            RequestTimeout = TimeSpan.Zero,
            SettleAfter = TimeSpan.FromDays(1),
            LongestPause = TimeSpan.Zero,
            CheckpointEvery = TimeSpan.Zero,
            ReconcileEvery = TimeSpan.Zero,
            ContentDays = 0,
            TimeZone = "Mars/Olympus",
            WorkFrom = 9,
            WorkTo = 9,
        });

        foreach (var key in new[] { "ApiKeyFile", "CaFile", "Namespace", "BatchRecords", "RequestBytes", "RequestTimeout", "SettleAfter", "LongestPause", "CheckpointEvery", "ReconcileEvery", "ContentDays", "TimeZone", "WorkFrom" })
        {
            Assert.Single(problems, p => p.StartsWith($"Recorder:Elastic:{key} ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("2026-11-23T13:00:00Z", 7, false)]
    [InlineData("2026-11-23T12:59:59Z", 6, true)]
    [InlineData("2026-11-24T00:59:59Z", 18, false)]
    [InlineData("2026-11-24T01:00:00Z", 19, true)]
    [InlineData("2026-11-22T18:00:00Z", 12, true)]
    public void Hours_OfThePlace_AreTold(string at, int hour, bool after)
    {
        var hours = new WorkingHours(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"), 7, 19);

        Assert.Equal((hour, after), (hours.Local(DateTimeOffset.Parse(at)).Hour, hours.IsAfterHours(DateTimeOffset.Parse(at))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 x 4")]
    [InlineData("-1 2 01937000-0000-7000-8000-000000000000 4")]
    public void Mark_Malformed_IsRefused(string text) => Assert.Throws<InvalidDataException>(() => ElasticMark.Parse(text));

    private static List<string> Problems(ElasticOptions options)
    {
        var wrong = new List<string>();
        ElasticOptionsCheck.Check(wrong, options);
        return wrong;
    }
}

using Chaperone.Bus.Tls;

namespace Chaperone.Recorder.Elastic;

/// <summary>Checks the settings of Elasticsearch; says nothing while no URL is set.</summary>
internal static class ElasticOptionsCheck
{
    private const string Key = "Recorder:Elastic:";

    public static void Check(List<string> wrong, ElasticOptions options)
    {
        if (options.Url is null)
        {
            return;
        }

        CheckUrl(wrong, options);
        CheckFiles(wrong, options);
        CheckPace(wrong, options);
        if (!IsNamespace(options.Namespace))
        {
            wrong.Add($"{Key}Namespace is {ShapeOf(options.Namespace)}: give 1 to 100 of a-z, 0-9, '_' and '.', e.g. default.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            wrong.Add($"{Key}TimeZone is '{options.TimeZone}', which this system does not know: give an IANA name, e.g. America/Chicago.");
        }

        if (options.WorkFrom is < 0 or > 23 || options.WorkTo is < 1 or > 24 || options.WorkFrom >= options.WorkTo)
        {
            wrong.Add($"{Key}WorkFrom and WorkTo are {options.WorkFrom} and {options.WorkTo}: give hours from 0 to 24, the first before the second.");
        }
    }

    /// <summary>Whether a word may end a data stream's name.</summary>
    public static bool IsNamespace(string word) => word.Length is > 0 and <= 100 && word.All(MayStand);

    /// <summary>What a word that may not end it is like, for messages: its length, and how many of its characters none of those.</summary>
    public static string ShapeOf(string word) => $"{word.Length} characters, {word.Count(c => !MayStand(c))} of them not allowed";

    private static bool MayStand(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.';

    private static void CheckUrl(List<string> wrong, ElasticOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            wrong.Add($"{Key}Url is not an http or https URL: give e.g. https://elastic.example.org:9200.");
        }
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            wrong.Add($"{Key}Url holds a user or a query (not shown): take them out, and name a file with an API key in {Key}ApiKeyFile.");
        }
        else if (url.Scheme == "http" && !url.IsLoopback && !options.AllowHttp)
        {
            wrong.Add($"{Key}Url is http to another machine: use https, or set {Key}AllowHttp to true where the network itself is protected.");
        }
    }

    private static void CheckFiles(List<string> wrong, ElasticOptions options)
    {
        if (options.ApiKeyFile is { } file && !File.Exists(file))
        {
            wrong.Add($"{Key}ApiKeyFile is '{file}', and there is no such file: put the encoded API key there, or leave the setting out for a server without security.");
        }

        if (options.CaFile is { } authority && !PinnedAuthority.IsReadable(authority))
        {
            wrong.Add($"{Key}CaFile is '{authority}', which holds no certificate that can be read: give a PEM file with the authority of the server's certificate.");
        }
    }

    private static void CheckPace(List<string> wrong, ElasticOptions options)
    {
        Between(wrong, "BatchRecords", options.BatchRecords, 1, 5000);
        Between(wrong, "RequestBytes", options.RequestBytes, 64 * 1024, 64 * 1024 * 1024);
        Between(wrong, "ContentDays", options.ContentDays, 1, 36_500);
        Between(wrong, "RequestTimeout", options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Between(wrong, "SettleAfter", options.SettleAfter, 2 * options.RequestTimeout, TimeSpan.FromHours(1));
        Between(wrong, "LongestPause", options.LongestPause, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between(wrong, "CheckpointEvery", options.CheckpointEvery, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(wrong, "ReconcileEvery", options.ReconcileEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
    }

    private static void Between<T>(List<string> wrong, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            wrong.Add($"{Key}{name} is {value}: give a value from {least} to {most}.");
        }
    }
}

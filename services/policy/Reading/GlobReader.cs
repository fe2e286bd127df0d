using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads globs for whole texts.</summary>
internal static class GlobReader
{
    private const int MaxGlob = 1024;

    /// <summary>A glob or a list of globs; empty when absent or wrong (reported).</summary>
    public static TextGlob[] Read(YamlFields fields, string key, string example) => fields.Find(key) is { } node ? Read(fields, node, key, example) : [];

    /// <summary>As <see cref="Read(YamlFields, string, string)"/>, for <paramref name="node"/>.</summary>
    public static TextGlob[] Read(YamlFields fields, YamlNode node, string key, string example)
    {
        var globs = new List<TextGlob>();
        foreach (var text in fields.AsTexts(node, fields.PathOf(key), example))
        {
            if (text.Text.Length > MaxGlob)
            {
                fields.Report(text, key, $"is longer than {MaxGlob} characters", "shorten it with *");
                continue;
            }

            globs.Add(new TextGlob(text.Text));
        }

        return [.. globs];
    }
}

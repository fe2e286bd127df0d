using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>
/// What one argument must be. Rules that restrict (deny, approve) look warily: any value under the path is enough, names of
/// members are compared without case, values are looked for inside lists and objects too, and what cannot be told counts as
/// found. Rules that allow look exactly: every value must fit, and what cannot be told does not. A missing argument never
/// fits, but where its absence is asked for.
/// </summary>
internal sealed class ArgumentCondition(ArgumentPath path, IValueTest[] tests, bool? exists = null)
{
    // Regular expressions see the JSON text of lists and objects; all others look at single values.
    private readonly bool _looksInside = Array.Exists(tests, t => t is not PatternTest);

    /// <summary>Where it looks.</summary>
    public ArgumentPath Path => path;

    /// <summary>All of which must hold, of the same value.</summary>
    public IReadOnlyList<IValueTest> Tests => tests;

    /// <summary>The condition as a person would say it, without values.</summary>
    public string Words => string.Join(", ", [.. tests.Select(t => t.Key), .. exists is { } asked ? [$"exists: {(asked ? "true" : "false")}"] : Array.Empty<string>()]);

    /// <summary>Whether it holds for <paramref name="arguments"/> (undefined when the call has none).</summary>
    public bool Holds(JsonElement arguments, bool wary)
    {
        // To say that something is missing is to deny that it is there: the other way of looking.
        if (exists is { } asked && (asked ? IsThere(arguments, 0, wary) : !IsThere(arguments, 0, !wary)) is false)
        {
            return false;
        }

        return tests.Length == 0 || Walk(arguments, 0, wary, Fits);
    }

    private bool IsThere(JsonElement arguments, int step, bool wary) =>
        Walk(arguments, step, wary, static (value, wary) => wary || value.ValueKind != JsonValueKind.Null);

    private bool Walk(JsonElement element, int step, bool wary, Func<JsonElement, bool, bool> fits)
    {
        if (step == path.Steps.Length)
        {
            return fits(element, wary);
        }

        return path.Steps[step] is { } name ? WalkMember(element, name, step, wary, fits) : WalkElements(element, step, wary, fits);
    }

    private bool WalkMember(JsonElement element, string name, int step, bool wary, Func<JsonElement, bool, bool> fits)
    {
        if (wary && element.ValueKind == JsonValueKind.Array)
        {
            // Some upstreams take a list where one is asked for.
            return element.EnumerateArray().Any(item => WalkMember(item, name, step, wary, fits));
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!wary)
        {
            return element.TryGetProperty(name, out var member) && Walk(member, step + 1, wary, fits);
        }

        foreach (var property in element.EnumerateObject())
        {
            if (ArgumentPath.MayMean(property.Name, name) && Walk(property.Value, step + 1, wary, fits))
            {
                return true;
            }
        }

        return false;
    }

    private bool WalkElements(JsonElement element, int step, bool wary, Func<JsonElement, bool, bool> fits)
    {
        if (wary && element.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
        {
            // And one where a list is asked for.
            return Walk(element, step + 1, wary, fits);
        }

        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            return false;
        }

        foreach (var item in element.EnumerateArray())
        {
            if (Walk(item, step + 1, wary, fits) == wary)
            {
                return wary;
            }
        }

        return !wary;
    }

    private bool Fits(JsonElement value, bool wary)
    {
        if (Array.TrueForAll(tests, t => t.Holds(value, wary)))
        {
            return true;
        }

        // The parser has bounded the depth.
        return wary && _looksInside && value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Any(item => Fits(item, wary)),
            JsonValueKind.Object => value.EnumerateObject().Any(member => Fits(member.Value, wary)),
            _ => false,
        };
    }
}

using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>Something that a value of an argument may be. Runs in time linear in the value's size; thread-safe.</summary>
internal interface IValueTest
{
    /// <summary>The key that asks for it in a policy file.</summary>
    string Key { get; }

    /// <summary>Whether it holds for <paramref name="value"/>. Warily: in any reading of it; else: beyond doubt.</summary>
    bool Holds(JsonElement value, bool wary);
}

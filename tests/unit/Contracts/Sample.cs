using System.Reflection;

namespace Chaperone.Contracts.Tests;

/// <summary>Makes a message of any contract type with values that tell the members apart.</summary>
internal static class Sample
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();

    /// <summary>Every member set.</summary>
    public static object Full(Type type) => Make(type, full: true, "");

    /// <summary>Every member that may be null is null, lists are empty, the rest zero.</summary>
    public static object Least(Type type) => Make(type, full: false, "");

    /// <summary>Members that cross the wire.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    private static object Make(Type type, bool full, string path)
    {
        var made = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (var member in Members(type))
        {
            member.SetValue(made, !full && MayBeNull(member) ? null : Value(member.PropertyType, full, $"{path}{member.Name}"));
        }

        return made;
    }

    private static object Value(Type type, bool full, string path)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        return actual switch
        {
            _ when actual == typeof(string) => full ? path : "",
            _ when actual == typeof(Guid) => full ? new Guid("0199b3a0-0000-7000-8000-000000000001") : Guid.Empty,
            _ when actual == typeof(DateTimeOffset) => full ? new DateTimeOffset(2026, 3, 1, 10, 0, 0, 123, TimeSpan.Zero) : DateTimeOffset.UnixEpoch,
            _ when actual == typeof(TimeSpan) => full ? TimeSpan.FromMinutes(10) : TimeSpan.Zero,
            _ when actual == typeof(int) => full ? 7 : 0,
            _ when actual == typeof(long) => full ? 9_007_199_254_740_993 : 0L,
            _ when actual == typeof(double) => full ? 12.5 : 0.0,
            _ when actual == typeof(bool) => full,
            _ when actual == typeof(byte[]) => full ? [1, 2, 3] : Array.Empty<byte>(),
            _ when actual.IsEnum => Enum.GetValues(actual).GetValue(full ? ^1 : 0),
            _ when actual.IsArray => List(actual.GetElementType()!, full, path),
            _ when actual.Namespace == typeof(CallFacts).Namespace => Make(actual, full, path + "."),
            _ => throw new NotSupportedException($"{path} is of type {actual}. Teach Sample to make one, and say in the contract what it means on the wire."),
        };
    }

    private static Array List(Type element, bool full, string path)
    {
        var list = Array.CreateInstance(element, full ? 1 : 0);
        if (full)
        {
            list.SetValue(Value(element, full, path + "[0]"), 0);
        }

        return list;
    }

    private static bool MayBeNull(PropertyInfo member)
    {
        lock (Gate)
        {
            return Nullable.GetUnderlyingType(member.PropertyType) is not null
                || Nullability.Create(member).ReadState == NullabilityState.Nullable;
        }
    }

    private static object GetValue(this Array values, Index index) => values.GetValue(index.GetOffset(values.Length))!;
}

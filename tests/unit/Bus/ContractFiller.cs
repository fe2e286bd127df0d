using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chaperone.Bus.Tests;

/// <summary>Makes an instance of any contract with every member set, so that a member that does not travel is noticed.</summary>
internal sealed class ContractFiller
{
    private int _last;

    public object Fill(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        _last++;
        return plain switch
        {
            _ when plain == typeof(string) => $"text {_last} \u00e9\u4e2d \"\\",
            _ when plain == typeof(int) => _last,
            _ when plain == typeof(long) => long.MaxValue - _last,
            _ when plain == typeof(double) => _last + 0.1,
            _ when plain == typeof(bool) => true,
            _ when plain == typeof(byte[]) => Enumerable.Range(_last, 40).Select(i => (byte)i).ToArray(),
            _ when plain == typeof(Guid) => new Guid(_last, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when plain == typeof(TimeSpan) => TimeSpan.FromTicks(1234567 + _last),
            _ when plain == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(-5)).AddTicks(_last),
            { IsEnum: true } => Enum.GetValues(plain).Cast<object>().Last(),
            { IsArray: true } => FillArray(plain.GetElementType()!),
            _ => FillRecord(plain),
        };
    }

    private Array FillArray(Type element)
    {
        var array = Array.CreateInstance(element, 2);
        array.SetValue(Fill(element), 0);
        array.SetValue(Fill(element), 1);
        return array;
    }

    private object FillRecord(Type type)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            property.SetValue(record, Fill(property.PropertyType));
        }

        return record;
    }
}

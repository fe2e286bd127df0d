using System.Collections.Frozen;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// The ways in which people write "what stands behind the @ of an address". Only these: a place or a pattern that is a little
/// different hands out the part that names a person.
/// </summary>
internal static class MailDomain
{
    private static readonly FrozenSet<string> Patterns = "@(.*)$ @(.*) @(.+)$ @(.+) @.*$ @.* @.+$ @.+ @([^@]+)$ @([^@]*)$ @[^@]+$ @[^@]*$ [^@]+$ [^@]*$ .*@(.*) .*@(.*)$ ^.*@(.*)$ ^[^@]+@(.*)$ ^[^@]*@(.*)$".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="call"/> takes the domain of a column of which <paramref name="isMail"/> tells that it holds addresses.</summary>
    public static bool Is(Expression.Call call, Func<Expression, bool> isMail) => call is { IsWindow: false, Clauses: [], Arguments: [var mail, ..] } && isMail(mail) && (call.Last, call.Arguments) switch
    {
        ("split_part", [_, var at, var part]) => IsAt(at) && IsNumber(part, "2", "-1"),
        ("substring_index", [_, var at, var part]) => IsAt(at) && IsNumber(part, "-1"),
        ("substring", [_, Expression.Constant { IsNumber: false, Text: { } pattern }]) => IsOfGroup(pattern),
        ("substring" or "substr" or "mid", [_, var from]) => IsBehindAt(from, mail),
        ("substring" or "substr" or "mid", [_, var from, Expression.Constant { IsNumber: true } or Expression.Call { Last: "len" or "length" or "char_length" }]) => IsBehindAt(from, mail),
        ("right", [_, Expression.Other { Sign: "-", Items: [Expression.Call { Last: "len" or "length" or "char_length", Arguments: [var whole] }, var place] }]) => Same(whole, mail) && IsPlaceOfAt(place, mail),
        ("regexp_extract", [_, Expression.Constant { Text: { } pattern }]) => IsOfGroup(pattern),
        ("regexp_substr", [_, Expression.Constant { Text: { } pattern }]) => IsOfWhole(pattern),
        ("regexp_substr", [_, Expression.Constant { Text: { } pattern }, var first, var occurrence, Expression.Constant, var group]) =>
            IsOfWhole(pattern) && IsNumber(first, "1") && IsNumber(occurrence, "1") && IsNumber(group, "0", "1"),
        _ => false,
    };

    /// <summary>Whether it is the second part of an address that is split at the @: <c>SPLIT(email, '@')[OFFSET(1)]</c>.</summary>
    public static bool IsElement(Expression.Other element, Expression.Call call, Func<Expression, bool> isMail) =>
        call is { Last: "split" or "string_to_array", Arguments: [var mail, var at], IsWindow: false } && isMail(mail) && IsAt(at)
        && element.Items is [_, Expression.Call { Last: "offset" or "safe_offset", Arguments: [var index] }] && IsNumber(index, "1");

    private static bool IsOfGroup(string pattern) => Patterns.Contains(pattern);

    // The whole match comes out, with what stands before the group.
    private static bool IsOfWhole(string pattern) => Patterns.Contains(pattern) && (pattern[0] is '@' or '[');

    private static bool IsBehindAt(Expression from, Expression mail) =>
        from is Expression.Other { Sign: "+", Items: [var one, var other] } && ((IsPlaceOfAt(one, mail) && IsNumber(other, "1")) || (IsPlaceOfAt(other, mail) && IsNumber(one, "1")));

    private static bool IsPlaceOfAt(Expression place, Expression mail) =>
        place is Expression.Call { Last: "position" or "strpos" or "charindex" or "instr" or "locate", Arguments: [var one, var other], IsWindow: false, Clauses: [] }
        && ((IsAt(one) && Same(other, mail)) || (IsAt(other) && Same(one, mail)));

    private static bool Same(Expression one, Expression other) => (one, other) switch
    {
        (Expression.Column a, Expression.Column b) => a.Name.AsSpan().SequenceEqual(b.Name, StringComparer.OrdinalIgnoreCase),
        (Expression.Call { Arguments: [var a] } x, Expression.Call { Arguments: [var b] } y) => x.Last == y.Last && Same(a, b),
        _ => false,
    };

    private static bool IsAt(Expression expression) => expression is Expression.Constant { IsNumber: false, Text: "@" };

    private static bool IsNumber(Expression expression, params ReadOnlySpan<string> numbers) => expression is Expression.Constant { IsNumber: true, Text: { } text } && numbers.Contains(text);
}

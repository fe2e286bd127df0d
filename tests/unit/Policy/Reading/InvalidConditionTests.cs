using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Reading;

/// <summary>What is wrong with conditions, circumstances and limits is told with its place and remedy.</summary>
public sealed class InvalidConditionTests
{
    [Theory]
    [InlineData("arguments: { a: {} }", "match.arguments.a: is empty; write { in: [icu, er] }")]
    [InlineData("arguments: { a: { like: x } }", "match.arguments.a.like: is no known key; use one of equals, in, glob, regex, min, max, length, exists")]
    [InlineData("arguments: { a: { equals: [1] } }", "match.arguments.a.equals: must be a single value, is a list; write a string, number, true, false or null")]
    [InlineData("arguments: { a: { equals: 0x10 } }", "match.arguments.a.equals: is no decimal number; write it with decimal digits, or in quotes")]
    [InlineData("arguments: { a: { in: [] } }", "match.arguments.a.in: must be a list that is not empty; write in: [icu, er]")]
    [InlineData("arguments: { a: { min: '7' } }", "match.arguments.a.min: must be a decimal number; write min: 100")]
    [InlineData("arguments: { a: { min: 2, max: 1 } }", "match.arguments.a.max: is less than min; exchange them")]
    [InlineData("arguments: { a: { length: -1 } }", "match.arguments.a.length: must be a whole number from 0 to 100000000; write length: 0")]
    [InlineData("arguments: { a: { length: {} } }", "match.arguments.a.length: is empty; write length: { max: 200 }")]
    [InlineData("arguments: { a: { regex: '(' } }", "match.arguments.a.regex: is no regular expression (Invalid pattern '(' at offset 1. Not enough )'s); correct it")]
    [InlineData("arguments: { a: { regex: '(?=x)' } }", "match.arguments.a.regex: is a pattern that cannot run in linear time; do without lookarounds, backreferences, atomic groups and huge repetitions")]
    [InlineData("arguments: { a: { exists: false, equals: 1 } }", "match.arguments.a.exists: is false beside conditions on the value; remove one of them: nothing can be both")]
    [InlineData("principal: { mfa: yes }", "match.principal.mfa: must be true or false; write mfa: true")]
    [InlineData("principal: { name: x }", "match.principal.name: is no known key; use one of subject, issuer, email, amr, acr, mfa, service, break_glass, claims")]
    [InlineData("principal: {}", "match.principal: is empty; write principal: { mfa: true }")]
    [InlineData("client: 7", "match.client: must be a string, is a number; write client: claude-desktop, in quotes if it is one")]
    [InlineData("client: {}", "match.client: is empty; write client: { id: claude-desktop }")]
    [InlineData("network: 10.0.0.1/8", "match.network: is no network; write an address, or a network such as 10.0.0.0/8 whose bits behind the length are zero, in its short form")]
    [InlineData("network: [10]", "match.network[0]: must be a string, is a number; write network: [10.0.0.0/8, \"2001:db8::/32\"], in quotes if it is one")]
    [InlineData("network: '::ffff:10.0.0.0/104'", "match.network: is no network; write an address, or a network such as 10.0.0.0/8 whose bits behind the length are zero, in its short form")]
    [InlineData("when: mon", "match.when: must be a window of time or a list of them; write when: { days: [mon-fri], hours: \"07:00-19:00\", zone: America/Chicago }")]
    [InlineData("when: { days: mon }", "match.when.zone: is missing; add zone: America/Chicago")]
    [InlineData("when: { zone: Mars/Base }", "match.when.zone: is no time zone that this machine knows; write an IANA name such as zone: America/Chicago, or UTC; the machine needs its tzdata")]
    [InlineData("when: { zone: /etc/passwd }", "match.when.zone: is no time zone that this machine knows; write an IANA name such as zone: America/Chicago, or UTC; the machine needs its tzdata")]
    [InlineData("when: { zone: UTC, days: monday }", "match.when.days: is no day of the week; write mon, tue, wed, thu, fri, sat or sun, or a span like mon-fri")]
    [InlineData("when: { zone: UTC, hours: '7-19' }", "match.when.hours: is no span of hours; write hours: \"07:00-19:00\"; over midnight \"22:00-06:00\"")]
    [InlineData("when: { zone: UTC, hours: '24:00-25:00' }", "match.when.hours: is no span of hours; write hours: \"07:00-19:00\"; over midnight \"22:00-06:00\"")]
    [InlineData("when: { zone: UTC, from: 2026-02-30 }", "match.when.from: is no date; write from: 2026-03-01")]
    [InlineData("when: { zone: UTC, from: 2026-03-02, until: 2026-03-01 }", "match.when.until: is before from; exchange them")]
    [InlineData("annotations: { destructive: true }", "match.annotations.destructive: is no known key; use one of readOnlyHint, destructiveHint, idempotentHint, openWorldHint")]
    [InlineData("annotations: {}", "match.annotations: is empty; write annotations: { destructiveHint: true }")]
    [InlineData("annotations: { readOnlyHint: true }, prompt: x", "match: can never apply: its method, target and arguments do not go together; tool goes with tools/call, prompt with prompts/get, resource with resources/*, arguments with tools and prompts; only deny rules may name lifecycle methods")]
    public void Match_Invalid_SaysWhatAndRemedy(string part, string problem)
    {
        var reading = Read(Head + $"  - {{ name: a, match: {{ {part} }}, effect: allow }}\n");

        Assert.Null(reading.Document);
        Assert.Equal($"rules[0].{problem}", Said(Assert.Single(reading.Problems).ToString()));
    }

    [Theory]
    [InlineData("limits: {}", "limits: limits nothing; write limits: { calls_per_minute: 60 }")]
    [InlineData("limits: { per: tool }", "limits: limits nothing; write limits: { calls_per_minute: 60 }")]
    [InlineData("limits: { calls_per_minute: 0 }", "limits.calls_per_minute: must be a whole number from 1 to 1000000; write calls_per_minute: 1")]
    [InlineData("limits: { concurrent: many }", "limits.concurrent: must be a whole number from 1 to 10000; write concurrent: 1")]
    [InlineData("limits: { bytes_per_hour: 5TB }", "limits.bytes_per_hour: is no number of bytes; write bytes_per_hour: 50MB, or a whole number")]
    [InlineData("limits: { per: nurse, concurrent: 1 }", "limits.per: is nothing that limits are counted for; use principal, client, server or tool, or everyone alone")]
    [InlineData("limits: { rate: 1, concurrent: 1 }", "limits.rate: is no known key; use one of per, calls_per_minute, concurrent, rows_per_hour, bytes_per_hour")]
    public void Limits_Invalid_SaysWhatAndRemedy(string part, string problem)
    {
        var reading = Read(Head + $"  - {{ name: a, match: {{ tool: x }}, effect: allow, {part} }}\n");

        Assert.Null(reading.Document);
        Assert.Equal($"rules[0].{problem}", Said(Assert.Single(reading.Problems).ToString()));
    }

    [Fact]
    public void Limits_OfADeny_AreRefused() =>
        Assert.Equal("rules[0].limits: does not go with effect: deny, which returns nothing; remove it", Said(Assert.Single(Read(Head + "  - { name: a, match: { tool: x }, effect: deny, limits: { concurrent: 1 } }\n").Problems).ToString()));

    private static string Said(string problem) => problem[(problem.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}

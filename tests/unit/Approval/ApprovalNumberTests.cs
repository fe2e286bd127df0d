using FsCheck;
using FsCheck.Xunit;

namespace Chaperone.Approval.Tests;

public sealed class ApprovalNumberTests
{
    [Property]
    public bool Parse_WhatFormatWrote_IsTheNumber(PositiveInt number) =>
        ApprovalNumber.TryParse(ApprovalNumber.Format(number.Get), out var read) && read == number.Get;

    [Property]
    public bool Parse_AnyText_ReadsOnlyWhatFormatWrites(string? text) =>
        !ApprovalNumber.TryParse(text, out var read) || ApprovalNumber.Format(read) == text;

    [Theory]
    [InlineData(null)]
    [InlineData("APR-")]
    [InlineData("APR-0")]
    [InlineData("APR-007")]
    [InlineData("APR-+7")]
    [InlineData("APR- 7")]
    [InlineData("apr-7")]
    [InlineData("7")]
    [InlineData("APR-9223372036854775808")]
    public void Parse_OtherText_IsRefused(string? text) => Assert.False(ApprovalNumber.TryParse(text, out _));
}

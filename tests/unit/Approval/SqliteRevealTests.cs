using Chaperone.Approval.Tests.Desk;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteRevealTests() : RevealTests(new SqliteStore());

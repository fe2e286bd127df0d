using Chaperone.Approval.Tests.Desk;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteGrantTests() : GrantTests(new SqliteStore());

using Chaperone.Approval.Tests.Desk;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteEmailTests() : EmailTests(new SqliteStore());

using Chaperone.Approval.Tests.Desk;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteAskingTests() : AskingTests(new SqliteStore());

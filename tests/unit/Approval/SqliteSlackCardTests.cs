using Chaperone.Approval.Tests.Slack;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteSlackCardTests() : SlackCardTests(new SqliteStore());

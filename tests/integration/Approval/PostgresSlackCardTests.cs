using Chaperone.Approval.Tests.Slack;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresSlackCardTests(SharedPostgres server) : SlackCardTests(new PostgresStore(server));

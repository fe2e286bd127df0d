using Chaperone.Approval.Tests.Slack;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresSlackJobTests(SharedPostgres server) : SlackJobTests(new PostgresStore(server));

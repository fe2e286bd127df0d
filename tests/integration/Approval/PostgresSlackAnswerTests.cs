using Chaperone.Approval.Tests.Slack;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresSlackAnswerTests(SharedPostgres server) : SlackAnswerTests(new PostgresStore(server));

using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresAskingTests(SharedPostgres server) : AskingTests(new PostgresStore(server));

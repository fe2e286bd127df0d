using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresOutageTests(SharedPostgres server) : OutageTests(new PostgresStore(server));

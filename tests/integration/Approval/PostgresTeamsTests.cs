using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresTeamsTests(SharedPostgres server) : TeamsTests(new PostgresStore(server));

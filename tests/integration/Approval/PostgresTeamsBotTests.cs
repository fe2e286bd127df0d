using Chaperone.Approval.Tests.Teams;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresTeamsBotTests(SharedPostgres server) : TeamsBotTests(new PostgresStore(server));

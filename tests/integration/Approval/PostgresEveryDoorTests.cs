using Chaperone.Approval.Tests.Teams;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresEveryDoorTests(SharedPostgres server) : EveryDoorTests(new PostgresStore(server));

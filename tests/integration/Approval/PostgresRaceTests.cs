using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresRaceTests(SharedPostgres server) : RaceTests(new PostgresStore(server));

using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresSeatTests(SharedPostgres server) : SeatTests(new PostgresStore(server));

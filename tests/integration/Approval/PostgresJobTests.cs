using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresJobTests(SharedPostgres server) : JobTests(new PostgresStore(server));

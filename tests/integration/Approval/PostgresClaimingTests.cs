using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresClaimingTests(SharedPostgres server) : ClaimingTests(new PostgresStore(server));

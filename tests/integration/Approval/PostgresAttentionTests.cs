using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresAttentionTests(SharedPostgres server) : AttentionTests(new PostgresStore(server));

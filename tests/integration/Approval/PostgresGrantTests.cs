using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresGrantTests(SharedPostgres server) : GrantTests(new PostgresStore(server));

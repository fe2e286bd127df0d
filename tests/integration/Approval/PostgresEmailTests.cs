using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresEmailTests(SharedPostgres server) : EmailTests(new PostgresStore(server));

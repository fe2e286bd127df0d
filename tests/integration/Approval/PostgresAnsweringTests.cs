using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresAnsweringTests(SharedPostgres server) : AnsweringTests(new PostgresStore(server));

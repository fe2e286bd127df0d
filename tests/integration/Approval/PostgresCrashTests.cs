using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <inheritdoc />
public sealed class PostgresCrashTests(SharedPostgres server) : CrashTests(new PostgresStore(server));

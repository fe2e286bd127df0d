using Chaperone.Approval.Tests.Teams;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteTeamsBotTests() : TeamsBotTests(new SqliteStore());

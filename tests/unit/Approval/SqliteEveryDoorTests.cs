using Chaperone.Approval.Tests.Teams;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteEveryDoorTests() : EveryDoorTests(new SqliteStore());

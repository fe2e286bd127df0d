using Chaperone.Approval.Tests.Desk;

namespace Chaperone.Approval.Tests;

/// <inheritdoc />
public sealed class SqliteSeatTests() : SeatTests(new SqliteStore());

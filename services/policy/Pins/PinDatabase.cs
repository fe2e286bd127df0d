using System.Data.Common;

namespace Chaperone.Policy.Pins;

/// <summary>
/// The store of what policy keeps: opened when it is first needed, its tables made where they are not there yet. Changes run one
/// after the other, also between processes that share the store. Thread-safe.
/// </summary>
/// <param name="connections">The store; disposed with this.</param>
/// <param name="schema">Statements that make the tables where they are not there yet.</param>
internal sealed class PinDatabase(IPinConnections connections, string schema) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);

    // SQLite has one writer, and its own waiting is a sleep: queue here instead.
    private readonly SemaphoreSlim _writer = new(1, 1);
    private volatile bool _open;

    /// <summary>Runs <paramref name="work"/> and commits; durable when it returns.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public async Task<T> InTransactionAsync<T>(Func<PinCommand, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await OnConnectionAsync(
                async (connection, token) =>
                {
                    await using var transaction = await connections.BeginAsync(connection, token);
                    var result = await work(new PinCommand(connection, transaction), token);
                    await transaction.CommitAsync(token);
                    return result;
                },
                cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Runs <paramref name="work"/>, which changes nothing.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be reached.</exception>
    public async Task<T> OnConnectionAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureSchemaAsync(cancellationToken);
            await using var connection = await connections.OpenAsync(cancellationToken);
            return await work(connection, cancellationToken);
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            throw new PinsUnavailableException("The store of policy cannot be reached.", e);
        }
    }

    private async Task EnsureSchemaAsync(CancellationToken cancellationToken)
    {
        if (_open)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (!_open)
            {
                await using var connection = await connections.OpenAsync(cancellationToken);
                await using var transaction = await connections.BeginAsync(connection, cancellationToken);
                await new PinCommand(connection, transaction).ExecuteAsync(schema, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                _open = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connections.DisposeAsync();
        _opening.Dispose();
        _writer.Dispose();
    }
}

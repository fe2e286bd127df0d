using Chaperone.Ledger;

namespace Chaperone.Cli;

/// <summary>Says on one line of a terminal how far long work is; says nothing where the output goes elsewhere.</summary>
internal sealed class ProgressLine(TextWriter error, string what) : IProgress<LedgerProgress>, IDisposable
{
    private readonly bool _isTerminal = ReferenceEquals(error, System.Console.Error) && !System.Console.IsErrorRedirected;
    private long _percent = -1;

    public void Report(LedgerProgress value)
    {
        var percent = value.Total == 0 ? 100 : value.Leaves * 100 / value.Total;
        if (_isTerminal && percent != _percent)
        {
            _percent = percent;
            error.Write($"\r{what}: {percent} %");
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_percent >= 0)
        {
            error.Write("\r\u001b[K");
        }
    }
}

using System.Text;
using Chaperone.Contracts;
using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>
/// A header, or user and password. Where all of it comes from environment and files it is resolved once, and again when a file
/// changes; a file that cannot be read any more means that nothing is sent.
/// </summary>
internal sealed class HeaderCredential : IUpstreamCredential
{
    private readonly CredentialTerms _terms;
    private readonly SecretReader _secrets;
    private readonly bool _isLocal;
    private volatile string? _value;
    private volatile string? _problem;

    public HeaderCredential(CredentialTerms terms, SecretReader secrets)
    {
        _terms = terms;
        _secrets = secrets;
        _isLocal = terms.Secrets().All(s => s.IsLocal);
        Refresh();
    }

    public string? Problem => _problem;

    public ValueTask<CredentialHeader> ForAsync(UpstreamCaller caller, CancellationToken cancellationToken)
    {
        if (!_isLocal)
        {
            return ReadAsync(caller.Principal, cancellationToken);
        }

        return _value is { } value
            ? ValueTask.FromResult(new CredentialHeader(_terms.Header, value))
            : ValueTask.FromException<CredentialHeader>(new CredentialException(_problem ?? $"{_terms.Path}: has no value"));
    }

    public async ValueTask<CredentialHeader?> RenewAsync(UpstreamCaller caller, CredentialHeader refused, CancellationToken cancellationToken)
    {
        if (_isLocal)
        {
            Refresh();
        }
        else if (!_terms.Secrets().Where(s => !s.IsLocal).ToList().Exists(s => _secrets.TryDrop(s, caller.Principal)))
        {
            return null;
        }

        var renewed = await ForAsync(caller, cancellationToken);
        return renewed.Value == refused.Value ? null : renewed;
    }

    public void Refresh()
    {
        if (!_isLocal)
        {
            return;
        }

        try
        {
            var value = Build(SecretReader.ReadLocal(_terms.Value!), _terms.Password is { } password ? SecretReader.ReadLocal(password) : null);
            (_value, _problem) = (value, null);
        }
        catch (CredentialException e)
        {
            (_problem, _value) = (e.Message, null);
        }
    }

    private async ValueTask<CredentialHeader> ReadAsync(Principal principal, CancellationToken cancellationToken)
    {
        try
        {
            var value = await _secrets.ReadAsync(_terms.Value!, principal, cancellationToken);
            var password = _terms.Password is { } template ? await _secrets.ReadAsync(template, principal, cancellationToken) : null;
            var header = new CredentialHeader(_terms.Header, Build(value, password));
            _problem = null;
            return header;
        }
        catch (CredentialException e)
        {
            // One caller without a secret of their own is no problem of the room.
            _problem = _terms.Secrets().Any(s => s.IsPerCaller) ? null : e.Message;
            throw;
        }
    }

    private string Build(string value, string? password)
    {
        if (_terms.Kind == CredentialKind.Basic)
        {
            // RFC 7617: a colon would end the user, and control characters are not allowed in either.
            return value.Length == 0 || value.Contains(':', StringComparison.Ordinal) || value.Any(char.IsControl) || password!.Any(char.IsControl)
                ? throw new CredentialException($"{_terms.Path}.basic: the user is empty or holds a colon, or one of the two a control character; correct the secret")
                : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{value}:{password}"));
        }

        return value.Length is 0 or > 16_384 || value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? throw new CredentialException($"{_terms.Path}.value: is empty, too long, or has characters that no header may carry; write one line of printable ASCII")
            : value;
    }
}

using Microsoft.Extensions.Options;

namespace Chaperone.Bus;

/// <summary>What the options need of each other; all errors at once.</summary>
internal sealed class BusOptionsValidator : IValidateOptions<BusOptions>
{
    public ValidateOptionsResult Validate(string? name, BusOptions options)
    {
        var errors = options.Transport == BusTransport.RabbitMq ? Errors(options).ToArray() : [];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(BusOptions options)
    {
        if (options.Uri is not { IsAbsoluteUri: true, Scheme: "amqp" or "amqps", Host.Length: > 0 } uri)
        {
            // The value is not quoted: a password may have been put into it by mistake.
            yield return "Bus:Uri is not an AMQP address. Set CHAPERONE_Bus__Uri, e.g. amqps://rabbitmq:5671/chaperone.";
        }
        else if (uri.UserInfo.Length > 0)
        {
            yield return "Bus:Uri must hold no user or password. Set CHAPERONE_Bus__User and CHAPERONE_Bus__PasswordFile.";
        }
        else if (uri.AbsolutePath.Count(c => c == '/') > 1)
        {
            yield return $"Bus:Uri has the path {uri.AbsolutePath}; expected one virtual host, with its own slashes as %2F.";
        }

        if (string.IsNullOrWhiteSpace(options.User))
        {
            yield return "Bus:User is empty. Set CHAPERONE_Bus__User to the broker user.";
        }

        if (string.IsNullOrWhiteSpace(options.PasswordFile))
        {
            yield return "Bus:PasswordFile is not set. Set CHAPERONE_Bus__PasswordFile to a file that holds the broker password.";
        }
        else if (!CanRead(options.PasswordFile))
        {
            yield return $"Bus:PasswordFile is {options.PasswordFile}, which cannot be read. Create it, readable by this process only.";
        }
    }

    private static bool CanRead(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return stream.Length > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

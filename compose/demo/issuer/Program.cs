using Chaperone.Demo;
using Chaperone.Demo.Issuer;

try
{
    await IssuerService.Build(args).RunAsync();
    return 0;
}
catch (DemoRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 64;
}

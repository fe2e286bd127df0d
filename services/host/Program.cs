using Chaperone.Bus.Health;
using Chaperone.Host;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await HostService.Build(args).RunAsync();
return 0;

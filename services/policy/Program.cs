using Chaperone.Bus.Health;
using Chaperone.Policy;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await PolicyService.Build(args).RunAsync();
return 0;

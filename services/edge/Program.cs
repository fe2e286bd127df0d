using Chaperone.Bus.Health;
using Chaperone.Edge;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await EdgeService.Build(args).RunAsync();
return 0;

using Chaperone.Bus.Health;
using Chaperone.Console;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await ConsoleService.Build(args).RunAsync();
return 0;

using Chaperone.Console;

await ConsoleService.Build(args).RunAsync();

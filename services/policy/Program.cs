using Chaperone.Policy;

await PolicyService.Build(args).RunAsync();

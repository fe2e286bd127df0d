using Chaperone.Edge;

await EdgeService.Build(args).RunAsync();

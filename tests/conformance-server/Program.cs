using Chaperone.ConformanceServer;

await ConformanceService.Build(args).RunAsync();

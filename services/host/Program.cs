using Chaperone.Host;

await HostService.Build(args).RunAsync();

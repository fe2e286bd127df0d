using Chaperone.Recorder;

await RecorderService.Build(args).RunAsync();

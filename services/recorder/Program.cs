using Chaperone.Bus.Health;
using Chaperone.Recorder;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await RecorderService.Build(args).RunAsync();
return 0;

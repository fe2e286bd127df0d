using Chaperone.Bus.Health;
using Chaperone.Masking;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await MaskingService.Build(args).RunAsync();
return 0;

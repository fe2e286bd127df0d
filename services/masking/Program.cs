using Chaperone.Masking;

await MaskingService.Build(args).RunAsync();

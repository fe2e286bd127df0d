using Chaperone.Demo;
using Chaperone.Demo.Clinic;

try
{
    await ClinicService.Build(args).RunAsync();
    return 0;
}
catch (DemoRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 64;
}

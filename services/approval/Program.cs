using Chaperone.Bus.Health;
using Chaperone.Approval;

if (SelfCheck.IsAsked(args))
{
    return await SelfCheck.RunAsync(args);
}

await ApprovalService.Build(args).RunAsync();
return 0;

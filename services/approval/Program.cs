using Chaperone.Approval;

await ApprovalService.Build(args).RunAsync();

using Chaperone.Cli;

return await ChaperoneCommand.RunAsync(args);

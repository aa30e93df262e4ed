using InceptionMl.Cli;

return await CommandLine.RunAsync(args, CommandContext.ForProcess());

using InboxWorker;
using InceptionMl.Models;
using InceptionMl.Models.Registry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddOptions<InboxOptions>()
    .BindConfiguration("Inbox")
    .Validate(options => options.Folder.Length > 0, "Inbox:Folder is missing: give it the folder that holds inbox/, done/ and failed/.")
    .Validate(options => options.Model.Length > 0, "Inbox:Model is missing: give it a model zip, or a registry's folder.")
    .Validate(
        options => options.PollInterval > TimeSpan.Zero && options.PollInterval <= TimeSpan.FromDays(1),
        "Inbox:PollInterval is a time such as 00:00:02, at most a day.")
    .Validate(options => options.AbstainBelow is null or (>= 0 and <= 1), "Inbox:AbstainBelow is a probability, 0 to 1.")
    .ValidateOnStart();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<InboxFolders>();
builder.Services.AddSingleton<Arrivals>();
builder.Services.AddSingleton<ResultTable>();
builder.Services.AddSingleton(InboxModel.Open);
builder.Services.AddSingleton<InboxPass>();
builder.Services.AddHostedService<InboxWatch>();

try
{
    using IHost host = builder.Build();
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (
    exception is OptionsValidationException or InvalidOperationException or ModelFormatException or RegistryException or SqliteException
        or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

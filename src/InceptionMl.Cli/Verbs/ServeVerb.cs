using System.CommandLine;
using System.Net.Sockets;
using InceptionMl.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace InceptionMl.Cli;

/// <summary><c>serve MODEL.zip|REGISTRY</c></summary>
internal static class ServeVerb
{
    public const string Name = "serve";
    public const string KeyVariable = "INCEPTIONML_API_KEY";

    private const string ProxyVariable = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    /// <summary>Longer than requests accepted may take to be answered.</summary>
    public static readonly TimeSpan TerminationTimeout = ScoringServer.ShutdownTimeout + TimeSpan.FromSeconds(5);

    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model")
        {
            Description = "The model zip, or a registry, whose promoted version is served. Both are followed: what is put in the zip's place, or promoted next, is served from then on.",
        };
        Option<string[]> urls = new("--urls")
        {
            Description = "Addresses to listen on, several by ; or by the option again; http://unix:/PATH is a Unix socket. "
                + $"Without it ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS count, and else {ServeAddress.Default}; Kestrel's endpoints and settings files are not read.",
        };
        Option<int?> port = new("--port") { Description = "The port to listen on for this machine, in place of --urls." };
        Option<string?> key = new("--api-key")
        {
            Description = $"A key that requests must carry; better in the variable {KeyVariable}, which no list of processes shows.",
        };
        Option<float?> below = CommonOptions.AbstainBelow();
        Option<double?> coverage = CommonOptions.Coverage();
        Option<string?> collect = new("--collect")
        {
            Description = "A folder to keep images in whose label people correct on the page, one folder per label, to train on. Without it nothing is kept.",
        };
        Command verb = new(Name, "Score images over HTTP.") { model, urls, port, key, below, coverage, collect };
        verb.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            new ServeOptions(
                parsed.GetRequiredValue(model),
                ServeAddress.Find(parsed.GetValue(urls) ?? [], parsed.GetValue(port), context.Variable),
                ServeKey.Check(parsed.GetValue(key) ?? context.Variable(KeyVariable)),
                parsed.GetValue<bool>("--verbose"))
            {
                AbstainBelow = parsed.GetValue(below),
                Coverage = parsed.GetValue(coverage),
                Collect = parsed.GetValue(collect),
                TrustsProxy = bool.TryParse(context.Variable(ProxyVariable), out bool trusts) && trusts,
            },
            cancellationToken));
        return verb;
    }

    /// <summary>Serves until the token is canceled, and then until what was accepted is answered.</summary>
    public static async Task<int> RunAsync(CommandContext context, ServeOptions options, CancellationToken cancellationToken)
    {
        await using WebApplication server = ScoringServer.Build(options, context);
        await StartAsync(server, options, cancellationToken);
        await server.Services.GetRequiredService<ServerWarmUp>().RunAsync(server.Urls, options.ApiKey, cancellationToken);
        HostedImageScorer scorer = server.Services.GetRequiredKeyedService<HostedImageScorer>(options.Name);
        if (options.ApiKey is null && options.Addresses.FirstOrDefault(a => !a.IsLoopback) is { } open)
        {
            await context.Error.WriteLineAsync($"Warning: {open.Url} is open to other machines and no key is asked for; --api-key sets one.");
        }

        await context.Text.WriteLineAsync(
            $"Serving {scorer.Name}, version {scorer.ModelVersion}, on {string.Join(" and ", server.Urls)}: "
            + "the page at /, POST /score, GET /model, GET /openapi/v1.json, GET /health/ready. Ctrl-C stops.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.Services.GetRequiredService<AcceptedRequests>().StopAsync(server);
        return ExitStatus.Done;
    }

    private static async Task StartAsync(WebApplication server, ServeOptions options, CancellationToken cancellationToken)
    {
        foreach (string socket in options.Addresses.Select(a => a.Socket).OfType<string>())
        {
            StaleSocket.Remove(socket);
        }

        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (SocketException exception)
        {
            string addresses = string.Join(" and ", options.Addresses.Select(a => a.Url));
            throw new IOException($"Cannot listen on {addresses}: {exception.Message.TrimEnd('.')}: give an address of this machine and a free port.", exception);
        }
    }
}

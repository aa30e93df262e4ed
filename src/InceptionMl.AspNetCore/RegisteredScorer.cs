using Microsoft.Extensions.DependencyInjection;

namespace InceptionMl.AspNetCore;

/// <summary>A name that a scorer was registered under.</summary>
internal sealed record RegisteredScorer(string Name)
{
    /// <summary>Gets the name of a scorer to map.</summary>
    /// <param name="provider">The application's services.</param>
    /// <param name="name">The name that was given; null is the only scorer.</param>
    /// <exception cref="InvalidOperationException">No scorer of this name is registered, or none is named where there are several.</exception>
    public static string Find(IServiceProvider provider, string? name) => Find(provider, name, "name one in MapImageScoring");

    /// <summary>Gets the name of the only scorer.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public static string Only(IServiceProvider provider) => Find(provider, name: null, "ask for one by its name, with [FromKeyedServices]");

    private static string Find(IServiceProvider provider, string? name, string otherwise)
    {
        string[] names = [.. provider.GetServices<RegisteredScorer>().Select(s => s.Name)];
        return (name, names) switch
        {
            (not null, _) when names.Contains(name) => name,
            (null, [string only]) => only,
            (_, []) => throw new InvalidOperationException("No scorer is registered: call services.AddImageScorer before the application is built."),
            (null, _) => throw new InvalidOperationException($"Several scorers are registered ({string.Join(", ", names)}): {otherwise}."),
            _ => throw new InvalidOperationException($"No scorer named '{name}' is registered: there is {string.Join(", ", names)}."),
        };
    }
}

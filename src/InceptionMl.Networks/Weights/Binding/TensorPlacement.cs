namespace InceptionMl.Networks.Weights.Binding;

/// <summary>What a naming says of one tensor of a file: which parameter it is, or why a network does not want it.</summary>
internal sealed record TensorPlacement
{
    private TensorPlacement(string? parameter, TensorLayout layout, string? ignoredBecause)
    {
        Parameter = parameter;
        Layout = layout;
        IgnoredBecause = ignoredBecause;
    }

    /// <summary>Gets the name of the parameter it fills; null if it is ignored.</summary>
    public string? Parameter { get; }

    /// <summary>Gets the order of its dimensions.</summary>
    public TensorLayout Layout { get; }

    /// <summary>Gets why it is ignored; null if it fills a parameter.</summary>
    public string? IgnoredBecause { get; }

    /// <summary>It is this parameter.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="layout">The order of the tensor's dimensions.</param>
    public static TensorPlacement At(string parameter, TensorLayout layout = TensorLayout.Same) => new(parameter, layout, null);

    /// <summary>It is none.</summary>
    /// <param name="reason">Why the network does without.</param>
    public static TensorPlacement Ignored(string reason) => new(null, TensorLayout.Same, reason);
}

using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>What each kind of layer is painted with.</summary>
internal static class Palette
{
    private const string Reduction = "#f7cf8b";
    private const string Square = "#a9cbec";
    private const string Large = "#7fa6d6";
    private const string Factorized = "#a5dccd";
    private const string Pool = "#dcebc8";
    private const string Join = "#ddd8ee";
    private const string Classifier = "#efc0c7";
    private const string Other = "#eceff3";

    public static ImmutableArray<(string Fill, string Meaning)> Legend { get; } =
    [
        (Reduction, "1x1: between channel counts"),
        (Square, "3x3"),
        (Large, "5x5, 7x7"),
        (Factorized, "1x7, 7x1, 1x3, 3x1: a square taken apart"),
        (Pool, "pool"),
        (Join, "branches joined on channels, residual added"),
        (Classifier, "features, classifier"),
    ];

    public static string Fill(Operation operation) => operation switch
    {
        Convolution { Window.Kernel: var kernel } when kernel.Height != kernel.Width => Factorized,
        Convolution { Window.Kernel.Height: 1 } => Reduction,
        Convolution { Window.Kernel.Height: <= 3 } => Square,
        Convolution => Large,
        MaxPool or AveragePool => Pool,
        Concatenation or ScaledAddition => Join,
        GlobalAveragePool or Dense => Classifier,
        _ => Other,
    };
}

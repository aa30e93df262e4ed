namespace InceptionMl.Models.Internal;

/// <summary>A figure of a model as tables for people have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsShare">Whether it is a share, written in percent.</param>
/// <param name="Of">Gets it.</param>
public sealed record FigureColumn(string Name, bool IsShare, Func<ModelFigures, double?> Of)
{
    /// <summary>Gets the figures, in the order of every table.</summary>
    public static IReadOnlyList<FigureColumn> All { get; } =
    [
        new("accuracy", true, figures => figures.Accuracy),
        new("macro F1", false, figures => figures.MacroF1),
        new("log loss", false, figures => figures.LogLoss),
        new("calibration error", false, figures => figures.Ece),
    ];
}

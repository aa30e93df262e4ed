using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights;

public sealed class FormulaWeightsTests
{
    private static readonly string[] Golden = ["0.474288672", "-0.333821207", "-0.525992036", "-0.381782115"];

    // Computed by Goldens/formula.py: hashed("image", 4).
    [Fact]
    public void The_formula_gives_what_python_computes() =>
        Assert.Equal(Golden, FormulaWeights.Fill("image", 4).Select(value => value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture)));
}

using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Tests.Weights;

public sealed class InitializerTests
{
    private static readonly Parameter Kernel = InceptionV3.Create()["mixed_6a/3x3/conv"].Parameters[0];

    [Fact]
    public void He_keeps_the_variance_at_two_over_fan_in_and_repeats_itself()
    {
        float[] values = new HeWeights().Values(Kernel).ToArray();

        Assert.Equal(288 * 9, Kernel.FanIn);
        Assert.Equal(0, values.Average(value => (double)value), 3);
        Assert.Equal(1, values.Average(value => (double)value * value) * Kernel.FanIn / 2, 2);
        Assert.Equal(values, new HeWeights().Values(Kernel).ToArray());
        Assert.NotEqual(values, new HeWeights(seed: 1).Values(Kernel).ToArray());
    }

    [Fact]
    public void He_leaves_batch_normalization_without_effect()
    {
        Network network = InceptionV3.Create(WeightOrigin.Torchvision);
        foreach (Parameter parameter in network["conv_1a/bn"].Parameters)
        {
            float expected = parameter.Role is ParameterRole.Gamma or ParameterRole.Variance ? 1 : 0;
            Assert.All(new HeWeights().Values(parameter).ToArray(), value => Assert.Equal(expected, value));
        }
    }

    // Computed by Goldens/formula.py: hashed("image", 4).
    [Fact]
    public void The_formula_gives_what_python_computes() =>
        Assert.Equal(Golden, FormulaWeights.Fill("image", 4).Select(value => value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture)));

    private static readonly string[] Golden = ["0.474288672", "-0.333821207", "-0.525992036", "-0.381782115"];
}

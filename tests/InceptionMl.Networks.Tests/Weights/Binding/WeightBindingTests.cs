using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Binding;
using InceptionMl.Networks.Weights.Binding.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights.Binding;

public sealed class WeightBindingTests
{
    private static readonly Network Net = Tiny();

    [Fact]
    public void Every_parameter_is_filled_and_every_other_tensor_listed_with_its_reason()
    {
        Dictionary<string, Tensor> tensors = Whole();
        tensors["counter"] = new Tensor([], new float[] { 1 });
        WeightBinding binding = Bind(tensors);

        Assert.True(binding.HasLogits);
        Assert.Equal([new IgnoredTensor("counter", "counts")], binding.Ignored);
        Assert.All(Net.Parameters, parameter => Assert.Equal(new FormulaWeights().Values(parameter).ToArray(), binding.Values(parameter).ToArray()));
    }

    [Fact]
    public void The_classifier_alone_may_be_missing()
    {
        WeightBinding binding = Bind(Whole(without: "predictions/"));

        Assert.False(binding.HasLogits);
        Assert.Contains("without the classifier", Assert.Throws<WeightException>(() => binding.Values(Net["predictions"].Parameters[0])).Message);
    }

    [Fact]
    public void A_tensor_no_layer_takes_is_refused() =>
        Refused(Changed("other/weight", new Tensor([2], new float[2])), "no layer of tiny takes tensor 'other/weight' (2)");

    [Theory]
    [InlineData("a/bn/mean", "layer 'a/bn' of tiny expects 'a/bn/mean (4)'")]
    [InlineData("a/conv/weight", "layer 'a/conv' of tiny expects 'a/conv/weight (4 x 3 x 1 x 3)'")]
    [InlineData("predictions/bias", "layer 'predictions' of tiny expects 'predictions/bias (5)'")]
    public void An_empty_parameter_is_refused(string parameter, string reason) => Refused(Whole(without: parameter), reason);

    [Fact]
    public void Another_shape_is_refused() => Refused(
        Changed("a/conv/weight", new Tensor([4, 3, 3, 1], new float[36])),
        "tensor 'a/conv/weight', which is 'a/conv/weight', should be 4 x 3 x 1 x 3 and is 4 x 3 x 3 x 1");

    [Theory]
    [InlineData(float.NaN, "a/bn/beta", "should have finite values and has NaN at 2")]
    [InlineData(float.PositiveInfinity, "a/bn/beta", "should have finite values and has Infinity at 2")]
    [InlineData(-1f, "a/bn/variance", "should have finite values of at least 0 and has -1 at 2")]
    public void A_value_no_training_leaves_is_refused(float value, string parameter, string reason) =>
        Refused(Changed(parameter, new Tensor([4], new[] { 0, 0, value, 0 })), reason);

    [Fact]
    public void Two_tensors_for_one_parameter_are_refused() =>
        Refused(Changed("copy of a/bn/beta", new Tensor([4], new float[4])), "'a/bn/beta' is filled by tensor 'a/bn/beta' and again by 'copy of a/bn/beta'");

    [Fact]
    public void Tensors_of_no_known_network_are_refused() =>
        Assert.Contains("none of torchvision inception_v3,", Assert.Throws<WeightException>(() => WeightBinding.Recognize(new TensorStore("x.pth", Whole()))).Message);

    private static void Refused(Dictionary<string, Tensor> tensors, string reason)
    {
        string message = Assert.Throws<WeightException>(() => Bind(tensors)).Message;
        Assert.StartsWith("x.pth", message);
        Assert.Contains(reason, message);
    }

    private static WeightBinding Bind(Dictionary<string, Tensor> tensors) => WeightBinding.Bind(Net, new TensorStore("x.pth", tensors), new OwnNaming());

    private static Dictionary<string, Tensor> Whole(string without = "nothing") => Net.Parameters
        .Where(parameter => !parameter.Name.StartsWith(without, StringComparison.Ordinal))
        .ToDictionary(parameter => parameter.Name, parameter => new Tensor(parameter.Shape, new FormulaWeights().Values(parameter)));

    private static Dictionary<string, Tensor> Changed(string name, Tensor tensor) => new(Whole()) { [name] = tensor };

    private static Network Tiny()
    {
        NetworkBuilder net = new("tiny", TensorShape.Map(8, 8, 3), ConvolutionUnit.BatchNormalized(gamma: false));
        LayerOutput features = net.Image.Conv("a", 4, (1, 3)).Then("avg_pool", new GlobalAveragePool());
        return net.Build(features, features.Then("predictions", new Dense(5)));
    }

    // The tensors have the parameters' own names.
    private sealed class OwnNaming : ITensorNaming
    {
        public string Name => "own";

        public Network? Recognize(TensorStore store) => Net;

        public IReadOnlyDictionary<string, TensorPlacement> Place(Network network, TensorStore store) => store.Names.ToDictionary(
            name => name,
            name => name == "counter" ? TensorPlacement.Ignored("counts") : TensorPlacement.At(name.Replace("copy of ", "", StringComparison.Ordinal)));
    }
}

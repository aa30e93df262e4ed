namespace InceptionMl.Networks.Graph;

/// <summary>The output of a layer while a network is being built: what the next layer is added to.</summary>
public sealed class LayerOutput
{
    private readonly NetworkBuilder builder;
    private readonly string scope;

    internal LayerOutput(NetworkBuilder builder, string layer, TensorShape shape, string scope)
    {
        this.builder = builder;
        this.scope = scope;
        Layer = layer;
        Shape = shape;
    }

    /// <summary>Gets the layer's full name.</summary>
    public string Layer { get; }

    /// <summary>Gets its output shape at the network's published image size.</summary>
    public TensorShape Shape { get; }

    /// <summary>Adds one layer.</summary>
    /// <param name="name">Its name within the block.</param>
    /// <param name="operation">What it computes.</param>
    /// <exception cref="ShapeException">The layer does not fit its input.</exception>
    public LayerOutput Then(string name, Operation operation) => builder.Add(name, operation, scope, this);

    /// <summary>Adds the network's convolution unit: <c>name/conv</c>, <c>name/bn</c> where the unit has it, <c>name/relu</c>.</summary>
    /// <param name="name">Its name within the block: <c>5x5_reduce</c>.</param>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">The kernel: 3, or (1, 7).</param>
    /// <param name="stride">The step between windows.</param>
    /// <param name="padding">What is added at the border.</param>
    /// <exception cref="ShapeException">The kernel does not fit its input.</exception>
    public LayerOutput Conv(string name, int filters, Extent kernel, int stride = 1, Padding padding = Padding.Same)
    {
        ConvolutionUnit unit = builder.Unit;
        LayerOutput x = Then($"{name}/conv", new Convolution(filters, Window.Create(kernel, stride, padding), Bias: !unit.BatchNormalization));
        if (unit.BatchNormalization)
        {
            x = x.Then($"{name}/bn", new BatchNormalization(unit.Epsilon, unit.Gamma));
        }

        return x.Then($"{name}/relu", new Relu());
    }

    /// <summary>Adds a maximum pool.</summary>
    /// <param name="name">Its name within the block.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step between windows.</param>
    /// <param name="padding">What is added at the border.</param>
    /// <param name="ceil">Whether a last window that hangs over the border counts.</param>
    public LayerOutput MaxPool(string name, Extent kernel, int stride, Padding padding, bool ceil = false) =>
        Then(name, new MaxPool(Window.Create(kernel, stride, padding) with { Ceil = ceil }));

    /// <summary>Adds an average pool.</summary>
    /// <param name="name">Its name within the block.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="countPadding">Whether the zeros beyond the border count in the average.</param>
    public LayerOutput AveragePool(string name, Extent kernel, bool countPadding) =>
        Then(name, new AveragePool(Window.Create(kernel, 1, Padding.Same), countPadding));

    /// <summary>Opens a block: the names of the layers added inside begin with the block's.</summary>
    /// <param name="name">The block's name.</param>
    /// <param name="content">Adds the block's layers to its input and returns its output.</param>
    public LayerOutput Block(string name, Func<LayerOutput, LayerOutput> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content(Within($"{scope}{name}/")).Within(scope);
    }

    /// <summary>Runs branches side by side on this output and joins what they return on channels, as <c>concat</c>.</summary>
    /// <param name="branches">Each adds one branch; joined in this order.</param>
    public LayerOutput Branches(params ReadOnlySpan<Func<LayerOutput, LayerOutput>> branches)
    {
        LayerOutput[] ends = new LayerOutput[branches.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = branches[i](this);
        }

        return builder.Add("concat", new Concatenation(), scope, ends);
    }

    /// <summary>A block of branches: an Inception block.</summary>
    /// <param name="name">The block's name.</param>
    /// <param name="branches">Each adds one branch; joined in this order.</param>
    public LayerOutput Inception(string name, params Func<LayerOutput, LayerOutput>[] branches) =>
        Block(name, x => x.Branches(branches));

    /// <summary>Adds a scaled residual, as <c>add</c>: this output plus scale times what the branch makes of it.</summary>
    /// <param name="scale">What the branch is multiplied by.</param>
    /// <param name="branch">Adds the branch; its shape must be this output's.</param>
    public LayerOutput Residual(float scale, Func<LayerOutput, LayerOutput> branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        return builder.Add("add", new ScaledAddition(scale), scope, this, branch(this));
    }

    private LayerOutput Within(string newScope) => new(builder, Layer, Shape, newScope);
}

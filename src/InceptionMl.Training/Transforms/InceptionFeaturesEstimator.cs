using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace InceptionMl.Training.Transforms;

/// <summary>
/// Adds a backbone's features of an image column to any ML.NET pipeline. What is saved with <c>mlContext.Model.Save</c> consists of
/// stock transformers: plain ML.NET loads it, without this library.
/// </summary>
/// <remarks>
/// <para>
/// ML.NET reads the network from a file, and reads it again at every save. This estimator owns that file, in the folder for temporary
/// files: dispose the estimator after the last <c>Fit</c> and the last <c>Save</c>, not before. What was fitted still transforms then, and
/// a pipeline that was loaded from a zip needs the estimator no more.
/// </para>
/// <para>
/// The caller's images stay the caller's here. In a pipeline that was loaded from a zip they do not: ML.NET's ResizeImages passes an image that
/// has the backbone's input size already (128 x 128 with the embedded one) on without a copy, and disposes it at the next row or prediction. Give
/// such a pipeline an image of that size once only, or a copy of it.
/// </para>
/// </remarks>
public sealed class InceptionFeaturesEstimator : IEstimator<ITransformer>, IDisposable
{
    private readonly ScratchFolder scratch = ScratchFolder.CreateBeside(Path.Combine(Path.GetTempPath(), "inceptionml-features"));
    private readonly Dictionary<int, EstimatorChain<ColumnSelectingTransformer>> chains = [];
    private readonly Lock chainsLock = new();
    private readonly TransformsCatalog transforms;
    private readonly string outputColumn;
    private readonly string inputColumn;
    private readonly Backbone backbone;
    private bool disposed;

    internal InceptionFeaturesEstimator(TransformsCatalog transforms, string outputColumn, string inputColumn, Backbone backbone)
    {
        this.transforms = transforms;
        this.outputColumn = outputColumn;
        this.inputColumn = inputColumn;
        this.backbone = backbone;
        try
        {
            // Here already, so that a network that cannot be run is refused where it is named.
            Chain(0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Makes the transformer. Nothing is learned of the images, and none is read.</summary>
    /// <param name="input">Rows with the column of images. A column whose name the chain would use inside stays as it is.</param>
    /// <exception cref="ObjectDisposedException">This estimator was disposed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it holds no images.</exception>
    public ITransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Makes the transformer.</summary>
    /// <param name="input">Rows with the column of images.</param>
    /// <param name="missing">Invoked, on any thread, at each row without an image: ML.NET says nothing of it, or something else.</param>
    internal ITransformer Fit(IDataView input, Action? missing)
    {
        ArgumentNullException.ThrowIfNull(input);
        ThrowIfDisposed();
        int suffix = FreeSuffix(input.Schema.Select(column => column.Name));
        ITransformer[] stock = [.. Chain(suffix).Fit(input)];

        string prepared = Prepared(suffix);
        ImagePreprocessing size = backbone.Preprocessing;
        ITransformer owned = OwnedImage.Column(transforms, inputColumn, prepared, input.Schema[inputColumn].Type, size.Width, size.Height, missing).Fit(input);
        ITransformer resize = StockFeatures.Resize(transforms, prepared, prepared, size).Fit(owned.Transform(input));
        return new InceptionFeaturesTransformer(
            new TransformerChain<ITransformer>([owned, resize, .. stock.Skip(1)]), new TransformerChain<ITransformer>(stock), ThrowIfDisposed);
    }

    /// <summary>Gets the columns after this step: those before it and the features, a vector of single precision.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ObjectDisposedException">This estimator was disposed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of images by its name.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ThrowIfDisposed();
        return Chain(FreeSuffix(inputSchema.Select(column => column.Name))).GetOutputSchema(inputSchema);
    }

    /// <summary>Removes the network's file: what was fitted can still transform, and no longer be saved; nothing more can be fitted.</summary>
    public void Dispose()
    {
        disposed = true;
        scratch.Dispose();
    }

    private string Prepared(int suffix) => outputColumn + "_prepared" + Suffix(suffix);

    private string Pixels(int suffix) => outputColumn + "_pixels" + Suffix(suffix);

    private static string Suffix(int suffix) => suffix == 0 ? string.Empty : FormattableString.Invariant($"_{suffix}");

    // The columns inside are dropped by name at the end, and whoever has that name with them.
    private int FreeSuffix(IEnumerable<string> columns)
    {
        HashSet<string> taken = [.. columns];
        int suffix = 0;
        while (taken.Contains(Prepared(suffix)) || taken.Contains(Pixels(suffix)))
        {
            suffix++;
        }

        return suffix;
    }

    private byte[] Renamed(int suffix)
    {
        try
        {
            return TensorRenaming.Rename(backbone.Network.Span, Pixels(suffix), outputColumn);
        }
        catch (OnnxFormatException exception)
        {
            throw new BackboneException(exception.Message, exception);
        }
    }

    // A tensor is called as its column is: other columns are another network.
    private EstimatorChain<ColumnSelectingTransformer> Chain(int suffix)
    {
        lock (chainsLock)
        {
            if (!chains.TryGetValue(suffix, out EstimatorChain<ColumnSelectingTransformer>? chain))
            {
                string onnx = scratch.At($"backbone{Suffix(suffix)}.onnx");
                File.WriteAllBytes(onnx, Renamed(suffix));
                chain = StockFeatures
                    .Chain(transforms, inputColumn, Prepared(suffix), Pixels(suffix), outputColumn, onnx, backbone.Preprocessing)
                    .Append(transforms.DropColumns(Prepared(suffix), Pixels(suffix)));
                chains.Add(suffix, chain);
            }

            return chain;
        }
    }

    private void ThrowIfDisposed()
    {
        if (disposed)
        {
            throw new ObjectDisposedException(
                nameof(InceptionFeaturesEstimator),
                $"The features '{outputColumn}' were disposed, and the network's file with them: dispose them after the last Fit and the last Save.");
        }
    }
}

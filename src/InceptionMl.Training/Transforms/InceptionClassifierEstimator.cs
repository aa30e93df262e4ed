using System.Globalization;
using System.Runtime.InteropServices;
using InceptionMl.Backbones;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Features;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace InceptionMl.Training.Transforms;

/// <summary>
/// Trains an image classifier as one step of an ML.NET pipeline: features by a frozen backbone, and a linear head on them whose L2 penalty is
/// chosen by cross-validation. What is saved with <c>mlContext.Model.Save</c> consists of stock transformers: plain ML.NET loads it, without
/// this library.
/// </summary>
/// <remarks>
/// <para>
/// Three columns are added: the features, <c>Score</c> (a probability per class, named by its slots) and <c>PredictedLabel</c>. Where the label
/// is text, so is <c>PredictedLabel</c>, and the classes are in ordinal order. Where the label is a key, <c>PredictedLabel</c> is a key with the
/// same values in the same order, as <c>MulticlassClassification.Evaluate</c> needs it.
/// </para>
/// <para>
/// ML.NET reads the network from a temporary file at every save. This estimator owns that file: dispose the estimator after the last <c>Fit</c> and
/// the last <c>Save</c>. What <see cref="InceptionFeaturesExtensions.InceptionFeatures"/> says of images holds here as well.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var classifier = mlContext.MulticlassClassification.Trainers.InceptionClassifier(new() { Log = Console.WriteLine });
/// ITransformer model = classifier.Fit(images);
/// mlContext.Model.Save(model, images.Schema, "model.zip");
/// </code>
/// </example>
public sealed partial class InceptionClassifierEstimator : IEstimator<ITransformer>, IDisposable
{
    private const string PredictedLabel = "PredictedLabel";

    private readonly MLContext ml;
    private readonly Options options;
    private readonly HeadOptions headOptions;
    private readonly Backbone backbone;
    private readonly InceptionFeaturesEstimator features;

    internal InceptionClassifierEstimator(Options options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.ImageColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.FeatureColumnName);
        this.options = options;
        if (options.FeatureColumnName == options.LabelColumnName || options.FeatureColumnName == options.ImageColumnName)
        {
            throw new ArgumentException($"The column '{options.FeatureColumnName}' is read and cannot be written: set {nameof(options.FeatureColumnName)} to another name.");
        }

        if (options.Folds is < 2 or > SplitSettings.MaxFolds)
        {
            throw new ArgumentException($"The head is chosen by {options.Folds} folds; set {nameof(options.Folds)} to a number from 2 to {SplitSettings.MaxFolds}.");
        }

        ArgumentNullException.ThrowIfNull(options.Heads);
        SettingsReader.Validate(options.Heads);
        headOptions = new HeadOptions(new TrainingSettings { Heads = options.Heads, Split = new SplitSettings { Folds = options.Folds }, Seed = options.Seed });
        ml = new MLContext(options.Seed);
        backbone = options.Backbone ?? Backbone.Embedded();
        features = ml.Transforms.InceptionFeatures(options.FeatureColumnName, options.ImageColumnName, backbone);
    }

    /// <summary>Reads every image once, searches the head and fits it on all of them.</summary>
    /// <param name="input">Rows with a column of images and a column of labels.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="DatasetException">A row has no image or no label, or the labels are fewer than two.</exception>
    /// <exception cref="ObjectDisposedException">This estimator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string[]? keys = Keys(input.Schema);
        bool missing = false;
        ITransformer featurizer = features.Fit(input, () => Volatile.Write(ref missing, true));
        FeatureMatrix matrix = new(backbone.Card.Outputs.Features.Width);
        List<string> labels = [];
        try
        {
            Read(featurizer.Transform(input), keys, matrix, labels);
        }
        catch (InvalidOperationException) when (Volatile.Read(ref missing))
        {
            // ML.NET says "Object is disposed", and not of which row.
        }

        if (Volatile.Read(ref missing))
        {
            throw MissingImage(input);
        }

        string[] present = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (present.Length < 2)
        {
            throw new DatasetException(present.Length == 0
                ? "The data view has no rows; a classifier needs images of at least two classes."
                : $"The column '{options.LabelColumnName}' holds the one label '{present[0]}'; a classifier needs images of at least two classes.")
            { Reason = DatasetErrorReason.TooFewImages };
        }

        string[] classes = keys ?? present;
        Log($"Read {matrix.Rows} images of {present.Length} classes with the backbone {backbone.Card.Name}.");
        HeadTrainingSet training = TrainingSet(matrix, labels, classes);
        HeadSearchResult found = HeadSearch.Run(
            training, new HeadTrainingSet(matrix, [], []), classes.Length, headOptions, options.HeadProgress, options.CancellationToken);
        Log($"Chose {found.Trainer} with L2 {found.L2:G3}; its accuracy by cross-validation is {found.ValidationAccuracy:P1}.");
        return new TransformerChain<ITransformer>(
            featurizer,
            StockHead.Create(ml, found.Head, classes, featurizer.GetOutputSchema(input.Schema), options.FeatureColumnName, asText: keys is null));
    }

    /// <summary>Gets the columns after this step: those before it, the features, <c>Score</c> and <c>PredictedLabel</c>.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="ObjectDisposedException">This estimator was disposed.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        string label = options.LabelColumnName;
        SchemaShape.Column? labels = Find(inputSchema, label);
        CheckColumns(Find(inputSchema, options.ImageColumnName)?.ItemType, labels is { IsKey: true } || labels?.ItemType is TextDataViewType, labels is not null);
        bool asText = labels is { IsKey: false };

        // A stock trainer of the same columns tells: the shape of a column has no public constructor.
        SchemaShape shape = features.GetOutputSchema(inputSchema);
        shape = asText ? ml.Transforms.Conversion.MapValueToKey(label).GetOutputSchema(shape) : shape;
        shape = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, options.FeatureColumnName).GetOutputSchema(shape);
        return asText
            ? ml.Transforms.Conversion.MapKeyToValue([new InputOutputColumnPair(label), new InputOutputColumnPair(PredictedLabel)]).GetOutputSchema(shape)
            : shape;
    }

    /// <summary>Removes the network's file: what was fitted can still transform, and no longer be saved; nothing more can be fitted.</summary>
    public void Dispose() => features.Dispose();

    private static SchemaShape.Column? Find(SchemaShape shape, string name) =>
        shape.Where(column => column.Name == name).Select(column => (SchemaShape.Column?)column).FirstOrDefault();

    /// <summary>Gets the values of a label that is a key; null where it is text.</summary>
    private string[]? Keys(DataViewSchema schema)
    {
        DataViewSchema.Column? labels = schema.GetColumnOrNull(options.LabelColumnName);
        string[]? keys = labels is { Type: KeyDataViewType } key ? TextKeys(key) : null;
        CheckColumns(schema.GetColumnOrNull(options.ImageColumnName)?.Type, keys is not null || labels?.Type is TextDataViewType, labels is not null);
        return keys;
    }

    private static string[]? TextKeys(DataViewSchema.Column labels)
    {
        if (labels.Type.RawType != typeof(uint) || labels.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: TextDataViewType })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> values = default;
        labels.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }

    private void CheckColumns(DataViewType? image, bool labelFits, bool labelExists)
    {
        string? problem = image is null ? $"There is no column '{options.ImageColumnName}' of images: set {nameof(options.ImageColumnName)} to the name of the one that holds them."
            : image is not ImageDataViewType ? $"The column '{options.ImageColumnName}' is of type {image}; it must hold images, of type MLImage."
            : !labelExists ? $"There is no column '{options.LabelColumnName}' of labels: set {nameof(options.LabelColumnName)} to the name of the one that holds them."
            : !labelFits ? $"The column '{options.LabelColumnName}' must hold labels as text, or as a key that MapValueToKey made of text."
            : null;
        if (problem is not null)
        {
            throw new ArgumentException(problem);
        }
    }

    private void Read(IDataView view, string[]? keys, FeatureMatrix matrix, List<string> labels)
    {
        DataViewSchema.Column vector = view.Schema[options.FeatureColumnName];
        DataViewSchema.Column label = view.Schema[options.LabelColumnName];
        int total = (int)(view.GetRowCount() ?? 0);
        using DataViewRowCursor cursor = view.GetRowCursor([vector, label]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(vector);
        Func<string> getLabel = keys is null ? Text(cursor, label) : Key(cursor, label, keys);
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            string name = getLabel();
            if (name.Length == 0)
            {
                throw new DatasetException($"Row {labels.Count + 1} has no label in the column '{options.LabelColumnName}': remove the row or label it.");
            }

            getFeatures(ref row);
            matrix.Add([.. row.DenseValues()]);
            labels.Add(name);
            options.Progress?.Report(new FeatureProgress(labels.Count, total, 0, 0));
        }
    }

    private DatasetException MissingImage(IDataView input)
    {
        DataViewSchema.Column column = input.Schema[options.ImageColumnName];
        using DataViewRowCursor cursor = input.GetRowCursor([column]);
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(column);
        MLImage? image = null;
        long row = 1;
        for (; cursor.MoveNext(); row++)
        {
            getImage(ref image!);
            if (image is null)
            {
                break;
            }
        }

        return new DatasetException($"Row {row} has no image in the column '{options.ImageColumnName}': remove the row or give it one.");
    }

    private static Func<string> Text(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            get(ref text);
            return text.ToString();
        };
    }

    // The key 0 is a missing value.
    private static Func<string> Key(DataViewRow row, DataViewSchema.Column column, string[] keys)
    {
        ValueGetter<uint> get = row.GetGetter<uint>(column);
        uint key = 0;
        return () =>
        {
            get(ref key);
            return key == 0 ? string.Empty : keys[key - 1];
        };
    }

    private HeadTrainingSet TrainingSet(FeatureMatrix matrix, List<string> labels, string[] classes)
    {
        Dictionary<string, int> places = classes.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place, StringComparer.Ordinal);
        int[] rows = [.. Enumerable.Range(0, matrix.Rows)];
        int[] ofRow = [.. labels.Select(label => places[label])];

        // Equal images have equal features, and must not be on both sides of a fold.
        Dictionary<ContentHash, int> first = [];
        int[] groups = [.. rows.Select(row =>
        {
            ContentHash content = ContentHash.Compute(MemoryMarshal.AsBytes(matrix.Row(row)));
            return first.TryAdd(content, row) ? row : first[content];
        })];
        return new HeadTrainingSet(matrix, rows, ofRow, options.BalanceClasses ? ClassWeights.Balanced(ofRow, classes.Length) : null)
        {
            Groups = first.Count > 1 ? groups : null,
        };
    }

    private void Log(FormattableString sentence) => options.Log?.Invoke(sentence.ToString(CultureInfo.InvariantCulture));
}

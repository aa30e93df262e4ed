using System.IO.Hashing;
using System.Text;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// The labeled images of a folder or a manifest: names only, nothing is decoded. The same dataset gives the same list on any
/// operating system and file system.
/// <para>
/// Layouts: one folder per label, where folders below a label belong to it; train/, val|valid|validation/ and test/, each with
/// one folder per label; a CSV or TSV manifest. A root is laid out in parts if all its folders are called like a part, in any
/// case, or two different parts are there, or one that holds label folders; what stands beside parts is left out and named.
/// </para>
/// </summary>
internal sealed class ImageDataset
{
    private readonly Subject subject;

    private ImageDataset(ImageDataset other, IReadOnlyList<ImageSample> samples)
    {
        (subject, Missing, Classes, Layout, Ignored, Diagnostics) = (other.subject, other.Missing, other.Classes, other.Layout, other.Ignored, other.Diagnostics);
        Samples = samples;
    }

    private ImageDataset(Subject subject, DatasetContents contents, IReadOnlyList<string> classes)
    {
        this.subject = subject;
        Samples = contents.Samples;
        Classes = classes;
        Layout = contents.Layout;
        Ignored = contents.Tally.Ignored;
        Diagnostics = contents.Tally.Diagnostics;
        Missing = contents.Missing;
    }

    /// <summary>Gets the images, in ordinal order of <see cref="ImageSample.Path"/>.</summary>
    public IReadOnlyList<ImageSample> Samples { get; }

    /// <summary>Gets the labels, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets how the dataset is laid out.</summary>
    public DatasetLayout Layout { get; }

    /// <summary>Gets the number of files left out: no images, hidden, or images where no image belongs.</summary>
    public long Ignored { get; }

    /// <summary>Gets the sentences for the user about what was left out, followed or doubted.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Gets a sentence that says that not one of the images that a manifest lists is there; null if one is.</summary>
    public string? Missing { get; }

    /// <summary>Reads a folder or a manifest.</summary>
    /// <param name="source">A folder, or a CSV or TSV file; its path alone will do.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the reading.</param>
    /// <exception cref="DatasetException">The dataset cannot be read, or cannot be used for what the options say.</exception>
    public static ImageDataset Open(DatasetSource source, DatasetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Open([source], options, cancellationToken);
    }

    /// <summary>Reads folders and manifests as one dataset; a file that several of them name is used once.</summary>
    /// <param name="sources">At least one.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the reading.</param>
    /// <exception cref="DatasetException">The dataset cannot be read, or cannot be used for what the options say.</exception>
    public static ImageDataset Open(IReadOnlyList<DatasetSource> sources, DatasetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count, nameof(sources));
        options ??= new DatasetOptions();
        Subject subject = sources.Count == 1 ? Subject.FromFile(sources[0].Path.ToString()) : new Subject(string.Join(", ", sources.Select(source => source.Path)));
        DatasetContents contents = SourceUnion.Read(sources, source => Read(source, options, cancellationToken));
        contents.Samples.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        HashSet<string> labels = [.. contents.Samples.Select(sample => sample.Label), .. contents.EmptyLabels.Select(empty => empty.Label)];
        List<string> classes = [.. contents.Samples.Select(sample => sample.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (options.Refusals is null)
        {
            DatasetChecks.Labels(subject, [.. labels.Order(StringComparer.Ordinal)]);
        }

        if (classes.Count == 0 && options.Refusals is not { Count: > 0 })
        {
            options.Refuse(new DatasetException(contents.Layout == DatasetLayout.Manifest
                ? $"'{subject.Name}' has a header and no rows; give it a row per image."
                : $"'{subject.Name}' is empty: none of its folders holds an image; give a folder with one folder of images per class.")
            { Reason = DatasetErrorReason.TooFewImages, Path = subject.Path });
        }

        if (options.ForTraining)
        {
            DatasetChecks.Decodable(subject, contents.Samples);
            DatasetChecks.Trainable(subject, contents, classes);
        }

        if (contents.EmptyLabels.Count > 0)
        {
            contents.Tally.Warn(DiagnosticIds.EmptyLabelFolders, $"Label folders without an image: {NameList.Join(contents.EmptyLabels.Select(empty => empty.Shown))}.");
        }

        return new ImageDataset(subject, contents, classes);
    }

    /// <summary>Draws some of the images that are not given for the test, of each class its share; the same images always give the same draw.</summary>
    /// <param name="most">The most images, where the classes' fewest are not more.</param>
    /// <param name="fewestPerClass">The fewest images of a class that has so many.</param>
    public ImageDataset Draw(int most, int fewestPerClass)
    {
        ImageSample[] candidates = [.. Samples.Where(sample => sample.Given != SplitPart.Test)];
        ImageSample[][] classes = [.. candidates
            .GroupBy(sample => sample.Label, StringComparer.Ordinal)
            .Select(ofClass => ofClass.OrderBy(sample => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(sample.Path))).ToArray())];
        int cap = Math.Max(most, classes.Sum(ofClass => Math.Min(fewestPerClass, ofClass.Length)));
        double share = Math.Min(1, (double)most / Math.Max(1, candidates.Length));
        while (classes.Sum(ofClass => Count(ofClass)) > cap)
        {
            // Small classes took more than their share: the others give it back.
            share *= 0.98;
        }

        HashSet<ImageSample> drawn = new(classes.SelectMany(ofClass => ofClass.Take(Count(ofClass))), ReferenceEqualityComparer.Instance);
        return new ImageDataset(this, [.. Samples.Where(drawn.Contains)]);

        int Count(ImageSample[] ofClass) => Math.Min(ofClass.Length, Math.Max(fewestPerClass, (int)(share * ofClass.Length)));
    }

    /// <summary>Whether training can go on, once it is known which images can be read.</summary>
    /// <param name="readable">Readable images by label; a label left out has none.</param>
    /// <exception cref="DatasetException">A class has fewer than two.</exception>
    public void Validate(IReadOnlyDictionary<string, int> readable)
    {
        ArgumentNullException.ThrowIfNull(readable);
        ClassSizes sizes = new(subject, Classes);
        foreach ((string label, int count) in readable)
        {
            sizes.Add(label, count, forTraining: count);
        }

        sizes.RefuseFew("readable ");
    }

    /// <summary>Whether training can go on, once it is known which images can be read.</summary>
    /// <param name="readable">Those that can, with the labels they count under.</param>
    /// <param name="problems">What is wrong with the others.</param>
    /// <exception cref="DatasetException">A class has fewer than two, or none to train on.</exception>
    internal void Validate(IReadOnlyList<ImageSample> readable, IReadOnlyList<ImageProblem> problems)
    {
        ClassSizes sizes = new(subject, Classes);
        foreach (ImageSample sample in readable)
        {
            sizes.Add(sample);
        }

        ILookup<string, ImageProblem> byPath = problems.ToLookup(problem => problem.Path, StringComparer.Ordinal);
        foreach (ImageSample sample in Samples)
        {
            foreach (ImageProblem problem in byPath[sample.Path].Take(1))
            {
                sizes.Add(sample, problem);
            }
        }

        sizes.RefuseFew("readable ");
    }

    /// <summary>Refuses a manifest that leads to nothing, before its images are read one by one.</summary>
    /// <exception cref="DatasetException">Not one of the images that a manifest lists is there; the message says where the first were looked for.</exception>
    internal void RefuseMissing()
    {
        if (Missing is not null)
        {
            throw new DatasetException(Missing) { Reason = DatasetErrorReason.NotFound, Path = subject.Path };
        }
    }

    private static DatasetContents Read(DatasetSource source, DatasetOptions options, CancellationToken cancellationToken)
    {
        try
        {
            source = SpelledPath.FindOther(source.Path.ToString()) is { } other ? source with { Path = other } : source;
            return Directory.Exists(source.Path.ToString()) ? Grouped(FolderReader.Read(source, options, cancellationToken), source, options)
                : File.Exists(source.Path.ToString()) ? Grouped(ManifestReader.Read(source, options, cancellationToken), source, options)
                : throw new DatasetException($"There is no folder and no manifest '{source.Path}'; check the path.") { Reason = DatasetErrorReason.NotFound, Path = source.Path.ToString() };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{source.Path}' cannot be read ({e.Message.TrimEnd('.')}); check that it is readable.", e) { Reason = DatasetErrorReason.Unreadable, Path = source.Path.ToString() };
        }
    }

    private static DatasetContents Grouped(DatasetContents contents, DatasetSource source, DatasetOptions options)
    {
        if (contents.Layout != DatasetLayout.Manifest && source.Columns.Given.FirstOrDefault() is { } column)
        {
            throw new DatasetException($"'{source.Path}' is a folder, which has no column '{column}'; name columns for a manifest only.") { Path = source.Path.ToString() };
        }

        if (contents.Layout == DatasetLayout.Manifest && source.LabelFrom == DatasetSource.LabelFolder.Parent)
        {
            throw new DatasetException($"'{source.Path}' is a manifest, which names the labels itself; take them from the folders of images in a folder only.") { Path = source.Path.ToString() };
        }

        if (options.Grouping is not { } grouping)
        {
            return contents;
        }

        if (grouping.Column is null && source.LabelFrom == DatasetSource.LabelFolder.Parent)
        {
            throw new DatasetException($"'{source.Path}': images cannot be grouped by folder where the folder that they lie in is their label; group by none, or take the label from the top folder.") { Path = source.Path.ToString() };
        }

        if (grouping.Column is null)
        {
            for (int i = 0; i < contents.Samples.Count; i++)
            {
                contents.Samples[i] = contents.Samples[i] with { Group = FolderGroup(contents.Samples[i]) };
            }
        }
        else if (contents.Layout != DatasetLayout.Manifest)
        {
            throw new DatasetException($"'{source.Path}' is a folder, which has no column '{grouping.Column}' to group by; group by folder, or give a manifest.") { Path = source.Path.ToString() };
        }

        return contents;
    }

    // A label's own folder holds the whole class: its images share nothing but the label.
    private static string? FolderGroup(ImageSample sample) =>
        Path.GetDirectoryName(sample.FullPath) is { } folder && CanonicalText.Compose(Path.GetFileName(folder)) != sample.Label ? folder : null;
}

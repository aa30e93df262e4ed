using InceptionMl.Batch;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>The contents of several sources as those of one.</summary>
internal static class SourceUnion
{
    public static DatasetContents Read(IReadOnlyList<DatasetSource> sources, Func<DatasetSource, DatasetContents> read)
    {
        if (sources is [{ Part: null } only])
        {
            return read(only);
        }

        // Parts that a source is given make the whole laid out in parts, whatever the layout of each.
        DatasetContents[] found = [.. sources.Select(read)];
        DatasetLayout layout = sources.Any(source => source.Part is not null) ? DatasetLayout.Parts : found[0].Layout;
        DatasetContents union = new(layout, new InputTally());
        Dictionary<string, ImageSample> byPath = new(InputPath.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach ((DatasetSource source, DatasetContents contents) in sources.Zip(found))
        {
            string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path.ToString()));
            string real = RealPath.Resolve(folder);
            foreach (ImageSample sample in contents.Samples)
            {
                string path = sample.FullPath.StartsWith(folder, StringComparison.Ordinal) ? real + sample.FullPath[folder.Length..] : sample.FullPath;
                Add(union, byPath, path, source.Part is null ? sample : sample with { Given = source.Part });
            }

            union.EmptyLabels.AddRange(contents.EmptyLabels.Select(empty => empty with { Part = source.Part ?? empty.Part }));
            union.Missing ??= contents.Missing;
            union.NestedFolders ??= contents.NestedFolders;
            union.Tally.Take(contents.Tally);
        }

        return union;
    }

    private static void Add(DatasetContents union, Dictionary<string, ImageSample> byPath, string path, ImageSample sample)
    {
        if (byPath.TryAdd(path, sample))
        {
            union.Samples.Add(sample);
            return;
        }

        ImageSample earlier = byPath[path];
        string? differs = earlier.Label != sample.Label ? $"two labels, '{earlier.Label}' and '{sample.Label}'"
            : earlier.Given != sample.Given ? "two parts"
            : null;
        if (differs is not null)
        {
            throw new DatasetException($"'{sample.Path}' is in two of the sources with {differs}; name it in one of them.") { Path = sample.FullPath };
        }
    }
}

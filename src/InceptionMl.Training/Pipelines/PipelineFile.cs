using System.Text;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Pipelines.Json;
using InceptionMl.Training.Pipelines.ModelBuilder;

namespace InceptionMl.Training.Pipelines;

/// <summary>
/// Reads and writes pipeline files: JSON with comments and trailing commas, every setting but <c>data</c> optional, paths relative
/// to the file. What is not understood is refused with line and column.
/// </summary>
public static class PipelineFile
{
    /// <summary>The name of the JSON Schema that <see cref="WriteSchema"/> writes.</summary>
    public const string SchemaName = OutputFile.PipelineSchema;

    /// <summary>The JSON Schema (draft 2020-12) of pipeline files, by which editors complete and check them.</summary>
    public static string Schema
    {
        get
        {
            using StreamReader reader = new(typeof(PipelineFile).Assembly.GetManifestResourceStream(SchemaName)!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Reads a pipeline file, or Model Builder's .mbconfig of an image classification, told apart by what they hold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The folder of images to read in place of the one the file names; null takes the file's.</param>
    /// <returns>The pipeline; of an .mbconfig, <see cref="Pipeline.Notes"/> says what was taken and what was ignored.</returns>
    /// <exception cref="PipelineException">The file cannot be read or is not understood; the message says where and why.</exception>
    public static Pipeline Read(string path, string? images = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(Bytes(path), Folder(path), path, images);
    }

    /// <summary>Reads the text of a pipeline file or of an .mbconfig.</summary>
    /// <param name="utf8">The text, at most 1 MiB.</param>
    /// <param name="baseFolder">The folder that relative paths start from.</param>
    /// <param name="name">The file's name, as messages give it; without folder and extension it is the pipeline's.</param>
    /// <param name="images">The folder of images to read in place of the one the file names; null takes the file's.</param>
    /// <exception cref="PipelineException">The text is not understood; the message says where and why.</exception>
    public static Pipeline Parse(ReadOnlySpan<byte> utf8, string baseFolder, string name, string? images = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(baseFolder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string folder = Path.GetFullPath(baseFolder);
        SourceText source = new(utf8, name);
        LocatedValue root = LocatedReader.Read(source);
        if (MbConfig.IsOne(root))
        {
            return new MbConfig(source, folder, NameOf(name), images).ToPipeline(root);
        }

        Pipeline pipeline = new PipelineParser(source, folder, NameOf(name)).Parse(root);
        return images is null ? pipeline : pipeline with { Sources = [InPlaceOf(pipeline.Sources, PipelinePath.RelativeTo(images, folder))] };
    }

    /// <summary>Writes a pipeline, every setting with a comment, paths relative to the file. It appears whole or not at all.</summary>
    /// <param name="pipeline">What to write.</param>
    /// <param name="path">Where.</param>
    /// <exception cref="PipelineException">A setting is out of its range, or a path cannot be written.</exception>
    public static void Write(Pipeline pipeline, string path)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] utf8 = Text(pipeline, path);
        AtomicFile.Write(path, stream => stream.Write(utf8));
    }

    /// <summary>Writes the schema into a folder, unless something of its name is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether it was written.</returns>
    public static bool WriteSchema(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string path = Path.Combine(folder, SchemaName);
        if (Path.Exists(path))
        {
            return false;
        }

        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Schema)));
        return true;
    }

    /// <summary>Refuses what <see cref="Write"/> would refuse, and a place where something else stands than a pipeline that can be read.</summary>
    /// <param name="pipeline">What is to be written.</param>
    /// <param name="path">Where.</param>
    /// <param name="replaceAnyFile">Whether any file may be replaced; a folder never is.</param>
    /// <exception cref="PipelineException">The message names the file and says what to do.</exception>
    public static void CheckDestination(Pipeline pipeline, string path, bool replaceAnyFile = false)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Text(pipeline, path);
        if (Directory.Exists(path))
        {
            throw new PipelineException($"{path} is a folder: name the pipeline file to write.") { Reason = PipelineErrorReason.Unreadable, Path = path };
        }

        if (replaceAnyFile || !File.Exists(path))
        {
            return;
        }

        try
        {
            Read(path);
        }
        catch (PipelineException exception)
        {
            throw new PipelineException(
                $"{path} is there already and is no pipeline that can be read: choose another name, or force its replacement.", exception);
        }
    }

    /// <summary>Whether two pipelines would be the same file in a folder, but for their names.</summary>
    internal static bool IsSame(Pipeline one, Pipeline other, string folder) =>
        new PipelineWriter(folder).Write(one with { Schema = null }) == new PipelineWriter(folder).Write(other with { Schema = null });

    /// <summary>The name of the pipeline in a file.</summary>
    internal static string NameOf(string file) => Path.GetFileNameWithoutExtension(file) is { Length: > 0 } stem ? stem : "pipeline";

    // What is read in place of the only source is read as that one: a manifest by its columns, a folder by where its labels are.
    private static PipelineSource InPlaceOf(ValueList<PipelineSource> sources, PipelinePath path)
    {
        PipelineSource? only = sources is [{ } one] ? one : null;
        return Directory.Exists(path.Full)
            ? new PipelineSource { Path = path, LabelFrom = only?.LabelFrom }
            : new PipelineSource { Path = path, Columns = only?.Columns ?? new ManifestColumns() };
    }

    // A record can hold what the format cannot; better refused when it is written than when it is read.
    private static byte[] Text(Pipeline pipeline, string path)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(new PipelineWriter(Folder(path)).Write(pipeline));
        Parse(utf8, Folder(path), path);
        return utf8;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.CanSeek && file.Length > SourceText.Longest)
            {
                throw SourceText.TooLong(path);
            }

            // One byte more than is allowed tells a longer file, also where its length is not known.
            byte[] bytes = new byte[file.CanSeek ? file.Length + 1 : SourceText.Longest + 1];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"There is no pipeline {path}: check the path.", exception) { Reason = PipelineErrorReason.Unreadable, Path = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"{path} cannot be read ({exception.Message.TrimEnd('.')}): check that it is a file and readable.", exception) { Reason = PipelineErrorReason.Unreadable, Path = path };
        }
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>
/// Reads and writes pipeline files: <see cref="TrainingSettings"/> as JSON with comments and trailing commas, every setting but <c>data</c>
/// optional, paths relative to the file. What is not understood is refused with line and column.
/// </summary>
public static class PipelineFile
{
    /// <summary>The name of the JSON Schema that <see cref="WriteSchema"/> writes.</summary>
    public const string SchemaName = OutputFile.PipelineSchema;

    internal const string SchemaKey = "$schema";
    internal const string VersionKey = "formatVersion";
    internal const int CurrentFormatVersion = 1;

    /// <summary>Gets the JSON Schema (draft 2020-12) of pipeline files, by which editors complete and check them.</summary>
    public static string Schema => SettingsSchema.Create();

    /// <summary>Reads a pipeline file, or Model Builder's .mbconfig of an image classification, told apart by what they hold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The folder of images to read in place of the one the file names; null takes the file's.</param>
    /// <param name="notes">Receives what was taken from an .mbconfig and what was ignored, a sentence each; null where nobody wants to know.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="PipelineException">The file cannot be read or is not understood; the message says where and why.</exception>
    public static TrainingSettings Read(string path, string? images = null, ICollection<string>? notes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(Bytes(path), Folder(path), path, images, notes);
    }

    /// <summary>Reads the text of a pipeline file or of an .mbconfig.</summary>
    /// <param name="utf8">The text, at most 1 MiB.</param>
    /// <param name="baseFolder">The folder that relative paths start from.</param>
    /// <param name="name">The file's name, as messages give it; without folder and extension it names the registry.</param>
    /// <param name="images">The folder of images to read in place of the one the file names; null takes the file's.</param>
    /// <param name="notes">Receives what was taken from an .mbconfig and what was ignored, a sentence each; null where nobody wants to know.</param>
    /// <exception cref="PipelineException">The text is not understood; the message says where and why.</exception>
    public static TrainingSettings Parse(
        ReadOnlySpan<byte> utf8, string baseFolder, string name, string? images = null, ICollection<string>? notes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(baseFolder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string folder = Path.GetFullPath(baseFolder);
        SourceText source = new(utf8, name);
        LocatedValue root = LocatedReader.Read(source);
        if (MbConfig.IsOne(root))
        {
            return new MbConfig(source, folder, NameOf(name), images, notes ?? []).ToSettings(root);
        }

        SettingsReader reader = new(source, SettingsJson.CreateOptions(folder));
        TrainingSettings settings = reader.ReadSettings(WithDefaults(WithoutEnvelope(reader, root), NameOf(name)), "a pipeline");
        if (reader.Unused.Count > 0)
        {
            notes?.Add($"{name}: {string.Join(", ", reader.Unused)} in \"acceptance\" {(reader.Unused.Count == 1 ? "is" : "are")} not used any more; \"margin\" and \"level\" decide now.");
        }

        return images is null ? settings : settings with { Data = [InPlaceOf(settings.Data, SettingsPath.RelativeTo(images, folder))] };
    }

    /// <summary>Writes a pipeline file, every setting with a comment, paths relative to the file. It appears whole or not at all.</summary>
    /// <param name="settings">What to write.</param>
    /// <param name="path">Where.</param>
    /// <exception cref="PipelineException">A setting is out of its range, or a path cannot be written.</exception>
    public static void Write(TrainingSettings settings, string path)
    {
        byte[] utf8 = Check(settings, path);
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
    /// <param name="settings">What is to be written.</param>
    /// <param name="path">Where.</param>
    /// <param name="replaceAnyFile">Whether any file may be replaced; a folder never is.</param>
    /// <exception cref="PipelineException">The message names the file and says what to do.</exception>
    public static void CheckDestination(TrainingSettings settings, string path, bool replaceAnyFile = false)
    {
        Check(settings, path);
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
                $"{path} is there already and is no pipeline that can be read: choose another name, or force its replacement.", exception)
            { Path = path };
        }
    }

    /// <summary>What will be written; a record can hold what the format cannot, which is better refused before than when it is read.</summary>
    /// <exception cref="PipelineException">A setting is out of its range, or a path cannot be written.</exception>
    internal static byte[] Check(TrainingSettings settings, string path)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] utf8 = Encoding.UTF8.GetBytes(Text(settings, Folder(path)));
        Parse(utf8, Folder(path), path);
        return utf8;
    }

    /// <summary>Whether two pipelines would be the same file in a folder.</summary>
    internal static bool IsSame(TrainingSettings one, TrainingSettings other, string folder) => Text(one, folder) == Text(other, folder);

    /// <summary>The name of the pipeline in a file.</summary>
    internal static string NameOf(string file) => Path.GetFileNameWithoutExtension(file) is { Length: > 0 } stem ? stem : "pipeline";

    internal static string DefaultRegistry(string name) => "../artifacts/" + name;

    private static string Text(TrainingSettings settings, string folder)
    {
        StringBuilder text = new("// A pipeline of InceptionMl. Paths are relative to this file.\n{\n");
        text.Append(FormattableString.Invariant($"  \"{SchemaKey}\": \"{SchemaName}\",\n  \"{VersionKey}\": {CurrentFormatVersion},\n"));
        foreach ((string key, JsonNode? value) in SettingsJson.ToNode(settings, folder))
        {
            text.Append("\n  // ").Append(SettingsSchema.Describe(key)).Append("\n  ").Append(SettingsJson.Quote(key)).Append(": ");
            if (SettingExtensions.IsKey(key))
            {
                text.Append(value?.ToJsonString(SettingsJson.Readable) ?? "null");
            }
            else
            {
                SettingsJson.Lay(text, value, "  ");
            }

            text.Append(",\n");
        }

        return text.Append("}\n").ToString();
    }

    // What only a file has.
    private static LocatedValue WithoutEnvelope(SettingsReader reader, LocatedValue root)
    {
        if (root[SchemaKey] is { } schema)
        {
            reader.CheckText(SchemaKey, schema);
        }

        if (root[VersionKey] is { } version)
        {
            reader.CheckNumber(VersionKey, version, new NumberRange(1, int.MaxValue), isWhole: true);
            if (version.Number > CurrentFormatVersion)
            {
                throw reader.Wrong(version, FormattableString.Invariant(
                    $"this is format version {version.Number}, and this program knows {CurrentFormatVersion}: use a newer one"));
            }
        }

        return root with { Members = [.. root.Members.Where(member => member.Name is not (SchemaKey or VersionKey))] };
    }

    // What a file leaves out and a program does not need.
    private static LocatedValue WithDefaults(LocatedValue root, string name)
    {
        LocatedMember Default(string key, string path) =>
            new(key, root.Offset, new LocatedValue(JsonValueKind.String, (root["data"] ?? root).Offset) { Text = path });
        return root.Kind != JsonValueKind.Object ? root : root with
        {
            Members =
            [
                .. root.Members,
                .. root["registry"] is null ? [Default("registry", DefaultRegistry(name))] : Array.Empty<LocatedMember>(),
                .. root["cache"] is null ? [Default("cache", "../artifacts/cache")] : Array.Empty<LocatedMember>(),
            ],
        };
    }

    // What is read in place of the only source is read as that one: a manifest by its columns, a folder by where its labels are.
    private static DatasetSource InPlaceOf(IReadOnlyList<DatasetSource> sources, SettingsPath path)
    {
        DatasetSource? only = sources is [{ } one] ? one : null;
        return Directory.Exists(path.Full)
            ? new DatasetSource(path) { LabelFrom = only?.LabelFrom }
            : new DatasetSource(path) { Columns = only?.Columns ?? new DatasetSource.ManifestColumns() };
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

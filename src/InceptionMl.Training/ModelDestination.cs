using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>Where a model goes, checked before an hour's work is done for it.</summary>
internal static class ModelDestination
{
    private const string Extension = ".zip";

    // The network's file, ML.NET's zip of it and the model's zip lie side by side for a moment.
    private const int CopiesOfNetwork = 3;
    private const long Beside = 1 << 20;

    /// <summary>Gets the card beside a model.</summary>
    public static string CardPath(string modelPath) => Path.ChangeExtension(modelPath, ".json");

    /// <summary>Refuses a place that cannot hold the model, or holds something else.</summary>
    /// <exception cref="ModelFormatException">The message names the file and says what to do.</exception>
    public static void Check(string modelPath, bool replaceAnyFile)
    {
        if (!modelPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse(modelPath, $"does not end in {Extension}: a model is a zip file");
        }

        if (Directory.Exists(modelPath))
        {
            throw Refuse(modelPath, "is a folder: name the zip file to write");
        }

        if (Directory.Exists(CardPath(modelPath)))
        {
            throw Refuse(CardPath(modelPath), "is a folder, and the model's card goes there: choose another name");
        }

        if (!replaceAnyFile)
        {
            RefuseForeign(modelPath, IsModel);
            RefuseForeign(CardPath(modelPath), IsCard);
        }

        CheckWritable(modelPath);
    }

    /// <summary>Refuses a place that has no room for the model and the intermediate files beside it.</summary>
    /// <param name="modelPath">The zip to write.</param>
    /// <param name="networkBytes">The size of the network that the model will hold.</param>
    /// <exception cref="ModelFormatException">The message names the file and says what to do.</exception>
    public static void CheckSpace(string modelPath, long networkBytes)
    {
        string folder = ExistingFolder(modelPath);
        long needed = (CopiesOfNetwork * networkBytes) + Beside;
        if (FreeSpace(folder) is { } free && free < needed)
        {
            throw Refuse(modelPath, FormattableString.Invariant(
                $"needs {Megabytes(needed)} MB and the disk of {folder} has {Megabytes(free)} MB left: free some space, or choose another place"));
        }
    }

    private static ModelFormatException Refuse(string path, string problem, Exception? innerException = null) =>
        Subject.FromFile(path).Refuse(problem, ModelErrorReason.CannotWrite, innerException);

    private static long Megabytes(long bytes) => bytes >> 20;

    private static long? FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string ExistingFolder(string modelPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        while (!Path.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static void RefuseForeign(string path, Predicate<string> isOurs)
    {
        if (File.Exists(path) && !isOurs(path))
        {
            throw Refuse(path, "is there already and is no model of InceptionMl: choose another name, or force its replacement");
        }
    }

    private static void CheckWritable(string modelPath)
    {
        string folder = ExistingFolder(modelPath);
        string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refuse(modelPath, $"cannot be written, because nothing can be created in {folder}: choose another place", exception);
        }
    }

    private static bool IsCard(string path)
    {
        try
        {
            ModelCard.Parse(File.ReadAllBytes(path));
            return true;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

    private static bool IsModel(string path)
    {
        try
        {
            using System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.OpenRead(path);
            return zip.GetEntry(ModelPackage.CardEntry) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

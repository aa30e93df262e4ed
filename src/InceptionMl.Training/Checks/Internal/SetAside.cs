using InceptionMl.Batch.Internal;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks.Internal;

/// <summary>
/// Moves files of a dataset that nobody needs into a hidden folder inside it, where no image is looked for, and moves them back. Nothing is ever
/// deleted: each move is one rename on one volume, written to a journal before it begins, so a run that is killed leaves every file in one place.
/// </summary>
public static class SetAside
{
    /// <summary>The hidden folder inside the dataset's.</summary>
    public const string FolderName = ".inceptionml-set-aside";

    private const string Files = "files";

    /// <summary>Moves what cannot be read, and all but one of the copies of a content under one label; never a content that stands under two.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between files.</param>
    /// <exception cref="DatasetException">The dataset is no folder, or the journal cannot be written.</exception>
    public static SetAsideResult Apply(DatasetCheckResult result, CancellationToken cancellationToken = default) => Apply(result, static () => { }, cancellationToken);

    /// <summary>Moves back all that was moved.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between files.</param>
    /// <exception cref="DatasetException">There is no such folder, or the journal cannot be read.</exception>
    public static SetAsideResult Undo(string folder, CancellationToken cancellationToken = default) => Undo(folder, static () => { }, cancellationToken);

    /// <param name="result">What was found.</param>
    /// <param name="step">Called before each change of the disk.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal static SetAsideResult Apply(DatasetCheckResult result, Action step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        string shown = result.Source.Path.ToString();
        string root = Root(shown);
        if (!Directory.Exists(root))
        {
            throw new DatasetException($"'{shown}' is no folder: files are set aside inside a folder of images only; remove the manifest's rows instead.") { Path = shown };
        }

        List<ImageProblem> left = [];
        List<MovedFile> plan = Plan(result, root, left);
        if (plan.Count == 0)
        {
            return new SetAsideResult(Path.Join(root, FolderName), [], left);
        }

        return Guarded(shown, () =>
        {
            step();
            Hide(Directory.CreateDirectory(Path.Join(root, FolderName)));
            using MoveJournal journal = MoveJournal.Open(root);
            step();
            journal.Add(plan);
            List<string> moved = [];
            foreach (MovedFile file in plan)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Move(root, file.From, file.To, step, moved, left);
            }

            return new SetAsideResult(Path.Join(root, FolderName), moved, left);
        });
    }

    /// <param name="folder">The dataset's folder.</param>
    /// <param name="step">Called before each change of the disk.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal static SetAsideResult Undo(string folder, Action step, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string root = Root(folder);
        string hidden = Path.Join(root, FolderName);
        if (!Directory.Exists(root))
        {
            throw new DatasetException($"There is no folder '{folder}'; check the path.") { Reason = DatasetErrorReason.NotFound, Path = folder };
        }

        if (!File.Exists(MoveJournal.PathIn(root)))
        {
            return new SetAsideResult(hidden, [], []);
        }

        return Guarded(folder, () =>
        {
            List<string> moved = [];
            List<ImageProblem> left = [];
            using (MoveJournal journal = MoveJournal.Open(root))
            {
                foreach (MovedFile file in journal.Read().Reverse())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    MoveBack(root, file, step, moved, left);
                }
            }

            if (left.Count == 0)
            {
                step();
                File.Delete(MoveJournal.PathIn(root));
                DeleteEmpty(hidden);
            }

            return new SetAsideResult(hidden, moved, left);
        });
    }

    private static string Root(string folder) => Path.GetFullPath(SpelledPath.FindOther(folder) ?? folder);

    private static List<MovedFile> Plan(DatasetCheckResult result, string root, List<ImageProblem> left)
    {
        string real = RealPath.Resolve(root);
        List<MovedFile> plan = [];
        HashSet<string> taken = new(RealPath.Comparer);
        foreach (ImageSample sample in result.Unusable)
        {
            Add(sample);
        }

        // Where one of them is a link it may lead to another, and would lead nowhere once that is moved.
        foreach (ImageSample[] copies in result.Copies)
        {
            bool allStay = !File.Exists(copies[0].FullPath) || copies.Any(copy => IsLinked(copy, root, real));
            foreach (ImageSample copy in copies.Skip(1))
            {
                if (allStay)
                {
                    left.Add(new ImageProblem(copy.Path, "was not moved: it or a copy of it is reached by a link, or is gone"));
                }
                else
                {
                    Add(copy);
                }
            }
        }

        return plan;

        void Add(ImageSample sample)
        {
            if (!File.Exists(sample.FullPath) || IsLinked(sample, root, real))
            {
                left.Add(new ImageProblem(sample.Path, "was not moved: it is reached by a link, or is no file"));
                return;
            }

            string relative = Path.GetRelativePath(root, sample.FullPath).Replace(Path.DirectorySeparatorChar, '/');
            string to = $"{FolderName}/{Files}/{relative}";
            for (int again = 2; !taken.Add(to) || Path.Exists(Path.Join(root, to)); again++)
            {
                to = FormattableString.Invariant($"{FolderName}/{Files} {again}/{relative}");
            }

            plan.Add(new MovedFile(relative, to));
        }
    }

    private static bool IsLinked(ImageSample sample, string root, string real) =>
        !RealPath.Comparer.Equals(RealPath.Resolve(sample.FullPath), Path.Join(real, Path.GetRelativePath(root, sample.FullPath)));

    private static void Move(string root, string from, string to, Action step, List<string> moved, List<ImageProblem> left)
    {
        string target = Path.Join(root, to);
        step();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            step();
            File.Move(Path.Join(root, from), target, overwrite: false);
            moved.Add(from);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            left.Add(new ImageProblem(from, $"was not moved: {exception.Message.TrimEnd('.')}"));
        }
    }

    // What was written down and never begun is where it was.
    private static void MoveBack(string root, MovedFile file, Action step, List<string> moved, List<ImageProblem> left)
    {
        bool isAside = Path.Exists(Path.Join(root, file.To));
        bool isBack = Path.Exists(Path.Join(root, file.From));
        if (isAside && isBack)
        {
            left.Add(new ImageProblem(file.From, $"was not moved back from '{file.To}': another file stands in its place"));
        }
        else if (isAside)
        {
            List<string> back = [];
            Move(root, file.To, file.From, step, back, left);
            moved.AddRange(back.Count > 0 ? [file.From] : []);
        }
        else if (!isBack)
        {
            left.Add(new ImageProblem(file.From, $"is neither there nor at '{file.To}'"));
        }
    }

    private static SetAsideResult Guarded(string shown, Func<SetAsideResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{Path.Join(shown, FolderName)}' cannot be used ({exception.Message.TrimEnd('.')}); files are in one place each, and can be moved back.", exception) { Path = shown };
        }
    }

    private static void Hide(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows())
        {
            folder.Attributes |= FileAttributes.Hidden;
        }
    }

    private static void DeleteEmpty(string folder)
    {
        foreach (string below in Directory.GetDirectories(folder))
        {
            DeleteEmpty(below);
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}

/// <summary>What was moved.</summary>
/// <param name="Folder">The hidden folder.</param>
/// <param name="Moved">The files that were moved, relative to the dataset's folder.</param>
/// <param name="Left">The files that were not, and why.</param>
public sealed record SetAsideResult(string Folder, IReadOnlyList<string> Moved, IReadOnlyList<ImageProblem> Left);

using System.Security.Cryptography;
using System.Text.Json;
using InceptionMl.Backbones.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Backbones;

/// <summary>
/// The backbones of one user: a folder per name, holding <c>NAME.onnx</c> and its card <c>NAME.json</c>. Any number of processes may
/// use one store, and any of them may be killed: an entry is there whole or not at all.
/// </summary>
/// <param name="folder">The store's folder; made when the first backbone is added.</param>
/// <param name="timeProvider">The clock that waiting for another process goes by; null is the system's.</param>
public sealed class BackboneStore(string folder, TimeProvider? timeProvider = null)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private readonly TimeProvider time = timeProvider ?? TimeProvider.System;
    private readonly StoreStaging staging = new(Path.GetFullPath(folder));

    /// <summary>Gets the store's folder, as a full path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Gets where downloads on their way into the store are kept: no entry of it.</summary>
    public string DownloadFolder => Path.Combine(Folder, ".downloads");

    /// <summary>
    /// Adds a backbone. Adding the same one again changes nothing, or mends it where its file was damaged; another file under a taken
    /// name is refused, and so is the same with another preparation of images.
    /// </summary>
    /// <param name="name">1 to 100 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; no other name may differ from it in case only.</param>
    /// <param name="onnx">The ONNX file, read from where it stands to its end.</param>
    /// <param name="card">Its card; the stored one takes this name and the file's SHA-256.</param>
    /// <param name="cancellationToken">Ends the work; the store is then as it was.</param>
    /// <exception cref="BackboneException">The name or the card cannot be used, or the store cannot be written.</exception>
    public Task<StoredBackbone> AddAsync(string name, Stream onnx, BackboneCard card, CancellationToken cancellationToken = default) =>
        AddAsync(name, target => onnx.CopyToAsync(target, cancellationToken), card, cancellationToken);

    /// <summary>Adds a backbone that is written where it is to stand. Otherwise as the other.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes the ONNX file from its beginning to its end.</param>
    /// <param name="card">Its card; the stored one takes this name and the file's SHA-256.</param>
    /// <param name="cancellationToken">Ends the work; the store is then as it was.</param>
    /// <exception cref="BackboneException">The name or the card cannot be used, or the store cannot be written.</exception>
    public Task<StoredBackbone> AddAsync(string name, Func<Stream, Task> write, BackboneCard card, CancellationToken cancellationToken = default) =>
        AddAsync(name, write, card, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Adds a backbone whose ONNX file is tried before it appears: what <paramref name="accept"/> throws keeps it out.</summary>
    internal async Task<StoredBackbone> AddAsync(
        string name, Func<Stream, Task> write, BackboneCard card, Func<string, Task> accept, CancellationToken cancellationToken)
    {
        BackboneName.Require(name);
        card.Require(new Subject($"The card of '{name}'"));
        return await ChangeAsync(name, async () =>
        {
            string staged = staging.Begin(name);
            try
            {
                string onnx = Path.Combine(staged, name + ".onnx");
                string sha256 = await WriteOnnxAsync(onnx, write).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                RequireSame(name, onnx, card.Sha256, sha256);
                await accept(onnx).ConfigureAwait(false);
                BackboneCard complete = card with { Name = name, File = name + ".onnx", Sha256 = sha256 };
                WriteCard(Path.Combine(staged, name + ".json"), complete);
                return await PublishAsync(name, staged, complete, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                StoreStaging.Delete(staged);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets the entry of this name, or null.</summary>
    /// <exception cref="BackboneException">The name can be no backbone's.</exception>
    public StoredBackbone? Find(string name)
    {
        BackboneName.Require(name);
        RequireFolder();
        return Read(name);
    }

    /// <summary>Gets the entry of this name.</summary>
    /// <exception cref="BackboneException">There is none, or its card cannot be read.</exception>
    public StoredBackbone Show(string name)
    {
        StoredBackbone entry = Find(name) ?? throw Missing(name);
        return entry.Problem is null ? entry : throw new BackboneException(entry.Problem) { Path = entry.OnnxPath };
    }

    /// <summary>Gets every entry, by name; a damaged one says so in <see cref="StoredBackbone.Problem"/>.</summary>
    /// <exception cref="BackboneException">The store cannot be read.</exception>
    public IReadOnlyList<StoredBackbone> List()
    {
        RequireFolder();
        try
        {
            return !Directory.Exists(Folder)
                ? []
                : [.. Names().Where(BackboneName.IsValid).Select(Read).OfType<StoredBackbone>().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"The store {Folder} cannot be read: {exception.Message.TrimEnd('.')}", exception) { Path = Folder };
        }
    }

    /// <summary>Reads the entry's ONNX file whole and compares its SHA-256 with the card's.</summary>
    /// <exception cref="BackboneException">There is no such entry, or the file is not the one that was added.</exception>
    public async Task<StoredBackbone> VerifyAsync(string name, CancellationToken cancellationToken = default)
    {
        StoredBackbone entry = Show(name);
        try
        {
            RequireSame(name, entry.OnnxPath, entry.Card!.Sha256 ?? "none", await DigestAsync(entry.OnnxPath, cancellationToken).ConfigureAwait(false));
            return entry;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"{entry.OnnxPath} cannot be read: {exception.Message.TrimEnd('.')}", exception) { Path = entry.OnnxPath };
        }
    }

    /// <summary>Determines whether an entry's ONNX file is the one that was added.</summary>
    internal static async Task<bool> IsWholeAsync(StoredBackbone entry, CancellationToken cancellationToken) => entry.Card?.Sha256 is { } sha256
        && sha256.Equals(await DigestAsync(entry.OnnxPath, cancellationToken).ConfigureAwait(false), StringComparison.OrdinalIgnoreCase);

    /// <summary>Removes an entry.</summary>
    /// <exception cref="BackboneException">There is none, or it is in use where the system keeps open files in place.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        BackboneName.Require(name);
        await ChangeAsync(name, () =>
        {
            if (!IsEntry(name))
            {
                throw Missing(name);
            }

            // Gone for everybody at once; a kill before the deletion leaves only what the next change sweeps up.
            StoreStaging.Delete(staging.Retire(name, EntryFolder(name)));
            return Task.FromResult(true);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> ChangeAsync<T>(string name, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        try
        {
            using IDisposable held = await FileLock.TakeAsync(staging.LockPath(name), LockPatience, time, cancellationToken).ConfigureAwait(false);
            staging.Sweep(name);
            return await change().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"The store {Folder} cannot be changed for '{name}': {WriteFailure.Cause(exception)}", exception) { Path = Folder };
        }
    }

    private async Task<StoredBackbone> PublishAsync(string name, string staged, BackboneCard card, CancellationToken cancellationToken)
    {
        string? taken = Directory.Exists(Folder) ? Names().FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        if (taken is not null && (taken != name || IsEntry(name)))
        {
            StoredBackbone? entry = taken == name ? Read(name) : null;
            RequireSameBackbone(taken, entry?.Card, card);
            if (await IsWholeAsync(entry!, cancellationToken).ConfigureAwait(false))
            {
                return entry!;
            }
        }

        // What is there is no whole entry: the remains of one that was deleted by hand, or the same one, damaged.
        if (taken is not null)
        {
            StoreStaging.Delete(staging.Retire(name, EntryFolder(name)));
        }

        Directory.Move(staged, EntryFolder(name));
        return Read(name)!;
    }

    private static void RequireSameBackbone(string taken, BackboneCard? stored, BackboneCard added)
    {
        if (stored?.Sha256 is null || !stored.Sha256.Equals(added.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new BackboneException($"The store already has a backbone '{taken}': remove it first, or choose another name") { Reason = BackboneErrorReason.NameTaken };
        }

        if (CardDifference.Between(stored, added) is { } difference)
        {
            throw new BackboneException(
                $"The store already has this network as '{taken}' with {difference}: remove it first, or choose another name")
            {
                Reason = BackboneErrorReason.NameTaken,
            };
        }
    }

    private StoredBackbone? Read(string name)
    {
        string onnx = Path.Combine(EntryFolder(name), name + ".onnx");
        string card = Path.ChangeExtension(onnx, null) + ".json";
        StoredBackbone? entry = null;
        try
        {
            // Both are opened by their exact names only, so that a file system that ignores case cannot answer for another name.
            if (!IsEntry(name))
            {
                return null;
            }

            entry = new StoredBackbone(name, onnx, new FileInfo(onnx).Length);
            return entry with { Card = BackboneCardReading.Parse(File.ReadAllBytes(card), Subject.FromFile(card)) };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (ModelFormatException exception)
        {
            return entry! with { Problem = $"{exception.Message} Remove the backbone '{name}' and add it again." };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (entry ?? new StoredBackbone(name, onnx, 0)) with { Problem = $"The backbone '{name}' cannot be read: {exception.Message.TrimEnd('.')}." };
        }
    }

    // Listing the entry, where asking for a file alone would take one that may not be read for none.
    private bool IsEntry(string name) => Directory.Exists(Folder) && Names().Contains(name, StringComparer.Ordinal)
        && Directory.EnumerateFiles(EntryFolder(name)).Count(path => Path.GetFileName(path) == name + ".onnx" || Path.GetFileName(path) == name + ".json") == 2;

    private void RequireFolder()
    {
        if (File.Exists(Folder))
        {
            throw new BackboneException($"The store {Folder} is a file: name a folder") { Path = Folder };
        }
    }

    private IEnumerable<string> Names() => Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path));

    private string EntryFolder(string name) => Path.Combine(Folder, name);

    private BackboneException Missing(string name)
    {
        string? hint = BackboneNameHint.Find(name, Directory.Exists(Folder) ? Names() : []);
        return new($"The store {Folder} has no backbone '{name}'{(hint is null ? string.Empty : $"; {hint}")}") { Reason = BackboneErrorReason.NotFound, Path = Folder };
    }

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        }
    }

    private static async Task<string> WriteOnnxAsync(string path, Func<Stream, Task> write)
    {
        using SHA256 hash = SHA256.Create();
        FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            CryptoStream hashed = new(file, hash, CryptoStreamMode.Write, leaveOpen: true);
            await using (hashed.ConfigureAwait(false))
            {
                await write(hashed).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static void WriteCard(string path, BackboneCard card) =>
        AtomicFile.WriteNew(path, file => JsonSerializer.Serialize(file, card, CardJson.Default.BackboneCard));

    private static void RequireSame(string name, string path, string? expected, string sha256)
    {
        if (expected is not null && !expected.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new BackboneException(
                $"The ONNX file of '{name}' has SHA-256 {sha256} where its card says {expected}: it is damaged or another file; remove it and fetch it again")
            {
                Path = path,
            };
        }
    }
}

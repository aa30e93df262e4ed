using System.Buffers.Binary;
using System.Runtime.InteropServices;
using InceptionMl.Batch.Internal;
using InceptionMl.Scoring;
using Microsoft.Data.Sqlite;

namespace InceptionMl.Training.Features;

/// <summary>
/// Feature vectors and fingerprints by the content of their images, in one SQLite file. An entry is named by the SHA-256 of the image's bytes within
/// a space: for features backbone, preprocessing, view and runtime. A stale entry therefore cannot exist. Several processes may use one file at once;
/// what was stored more than half a second ago survives a kill. Once it is open, nothing that happens to the file stops a run: what cannot
/// be read is a miss, what cannot be written is not kept, and <see cref="Problem"/> says why.
/// </summary>
public sealed class FeatureCache : IFeatureCache, IDisposable
{
    /// <summary>The cache's file in its folder.</summary>
    internal const string FileName = FeatureCacheHeader.FileName;

    private const long NoSpace = -1;
    private static readonly TimeSpan CommitEvery = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand select;
    private readonly SqliteCommand insert;
    private readonly List<(long Space, byte[] Image, byte[] Vector)> pending = [];
    private readonly ITimer timer;
    private readonly Dictionary<string, long> spaces = new(StringComparer.Ordinal);
    private bool isReadable = true;
    private bool isWritable = true;

    private FeatureCache(string path, SqliteConnection connection, TimeProvider time)
    {
        this.path = path;
        this.connection = connection;
        select = Command("SELECT vector FROM feature WHERE space = $space AND image = $image");
        insert = Command("INSERT OR IGNORE INTO feature (space, image, vector) VALUES ($space, $image, $vector)");
        insert.Parameters.Add("$vector", SqliteType.Blob);
        timer = time.CreateTimer(_ => Flush(), state: null, CommitEvery, CommitEvery);
    }

    /// <summary>Gets the first thing that went wrong, a sentence; null if nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Opens the cache of a folder, made where it is missing.</summary>
    /// <param name="folder">The folder that holds <see cref="FileName"/>.</param>
    /// <param name="timeProvider">The clock that paces commits; null for the system's.</param>
    /// <exception cref="InceptionMlException">The folder or the file cannot be used.</exception>
    public static FeatureCache Open(string folder, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, FileName);
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(folder);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 60 }.ToString());
            connection.Open();
            Prepare(connection, path);
            return new FeatureCache(path, connection, timeProvider ?? TimeProvider.System);
        }
        catch (Exception exception) when (IsOfTheFile(exception) || exception is IOException or UnauthorizedAccessException or FeatureCacheException)
        {
            connection?.Dispose();
            throw exception as FeatureCacheException ?? FeatureCacheException.From(path, exception);
        }
    }

    /// <summary>Gets the number by which a space's vectors are read and stored.</summary>
    /// <param name="key">All that decides the features besides the image's bytes.</param>
    internal long Space(string key)
    {
        lock (gate)
        {
            if (spaces.TryGetValue(key, out long known))
            {
                return known;
            }

            // Reading first: a cache that cannot be written is good to read from.
            return spaces[key] = Read(() => FindSpace(key), null) ?? (Write(() => AddSpace(key)) ? Read(() => FindSpace(key), null) : null) ?? NoSpace;
        }
    }

    /// <summary>Reads a vector; false where the space has none of that width.</summary>
    internal bool TryGet(long space, byte[] image, Span<float> vector) => TryGet(space, image) is { } found && Decode(found, vector);

    /// <summary>Reads the bytes of an entry; null where the space has none.</summary>
    internal byte[]? TryGet(long space, byte[] image)
    {
        lock (gate)
        {
            return Read(() => Find(space, image), null);
        }
    }

    /// <summary>Stores a vector; it is on the disk within a second.</summary>
    internal void Put(long space, byte[] image, ReadOnlySpan<float> vector) => Put(space, image, Encode(vector));

    /// <summary>Stores bytes; they are on the disk within a second.</summary>
    internal void Put(long space, byte[] image, byte[] bytes)
    {
        lock (gate)
        {
            if (isWritable && space != NoSpace)
            {
                pending.Add((space, image, bytes));
            }
        }
    }

    /// <inheritdoc/>
    public bool TryGet(string space, ReadOnlySpan<byte> image, Span<float> features) => TryGet(Space(space), image.ToArray(), features);

    /// <inheritdoc/>
    public void Put(string space, ReadOnlySpan<byte> image, ReadOnlySpan<float> features) => Put(Space(space), image.ToArray(), features);

    /// <summary>Commits what is pending.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (pending.Count > 0 && connection.State == System.Data.ConnectionState.Open)
            {
                Write(Commit);
            }
        }
    }

    /// <summary>Commits what is pending and closes the file.</summary>
    public void Dispose()
    {
        timer.Dispose();
        Flush();
        lock (gate)
        {
            select.Dispose();
            insert.Dispose();
            connection.Dispose();
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        // Journal mode first: the check below then also holds for a file that another process is making at this moment.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long application = (long)Scalar(connection, "PRAGMA application_id")!;
        long tables = (long)Scalar(connection, "SELECT count(*) FROM sqlite_master")!;
        if (application != FeatureCacheHeader.ApplicationId && tables > 0)
        {
            throw new FeatureCacheException($"{path} is a database of something else and no feature cache, so the run went on without one: choose another cache folder") { Path = path };
        }

        Execute(connection, FormattableString.Invariant($"PRAGMA application_id = {FeatureCacheHeader.ApplicationId}"));
        Execute(connection, """
            CREATE TABLE IF NOT EXISTS space (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
            CREATE TABLE IF NOT EXISTS feature (
                space INTEGER NOT NULL REFERENCES space (id),
                image BLOB NOT NULL,
                vector BLOB NOT NULL,
                UNIQUE (space, image));
            """);
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add("$space", SqliteType.Integer);
        command.Parameters.Add("$image", SqliteType.Blob);
        return command;
    }

    private static bool IsOfTheFile(Exception exception) => exception is SqliteException or InvalidCastException or InvalidOperationException;

    private T? Read<T>(Func<T?> read, T? missing)
    {
        if (!isReadable)
        {
            return missing;
        }

        try
        {
            return read();
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            isReadable = false;
            Fail(exception);
            return missing;
        }
    }

    private bool Write(Action write)
    {
        if (!isWritable)
        {
            return false;
        }

        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            Fail(exception);
            return false;
        }
    }

    private void Fail(Exception exception)
    {
        isWritable = false;
        pending.Clear();
        Problem ??= FeatureCacheException.From(path, exception).Message;
    }

    private long? FindSpace(string key)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM space WHERE key = $key";
        command.Parameters.AddWithValue("$key", key);
        return (long?)command.ExecuteScalar();
    }

    private void AddSpace(string key)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT OR IGNORE INTO space (key) VALUES ($key)";
        command.Parameters.AddWithValue("$key", key);
        command.ExecuteNonQuery();
    }

    private byte[]? Find(long space, byte[] image)
    {
        select.Parameters["$space"].Value = space;
        select.Parameters["$image"].Value = image;
        using SqliteDataReader reader = select.ExecuteReader();
        return reader.Read() ? reader.GetValue(0) as byte[] : null;
    }

    private void Commit()
    {
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            foreach ((long space, byte[] image, byte[] vector) in pending)
            {
                insert.Parameters["$space"].Value = space;
                insert.Parameters["$image"].Value = image;
                insert.Parameters["$vector"].Value = vector;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            pending.Clear();
        }
        finally
        {
            insert.Transaction = null;
        }
    }

    private static byte[] Encode(ReadOnlySpan<float> vector)
    {
        byte[] bytes = new byte[vector.Length * sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }

    private static bool Decode(byte[] bytes, Span<float> vector)
    {
        if (bytes.Length != vector.Length * sizeof(float))
        {
            return false;
        }

        if (BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(vector));
            return true;
        }

        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return true;
    }
}

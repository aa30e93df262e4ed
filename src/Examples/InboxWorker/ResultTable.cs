using System.Globalization;
using Microsoft.Data.Sqlite;

namespace InboxWorker;

/// <summary>The results in SQLite, one row per image.</summary>
internal sealed class ResultTable : IDisposable
{
    private readonly SqliteConnection connection;

    public ResultTable(InboxFolders folders)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folders.Results, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using SqliteCommand create = connection.CreateCommand();
            create.CommandText = """
                CREATE TABLE IF NOT EXISTS results (
                    sha256 TEXT NOT NULL PRIMARY KEY,
                    file TEXT NOT NULL,
                    label TEXT,
                    probability REAL,
                    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'uncertain', 'unreadable')),
                    model_version TEXT NOT NULL,
                    scored_at TEXT NOT NULL,
                    error TEXT
                ) STRICT
                """;
            create.ExecuteNonQuery();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gets every row, by the name of its file.</summary>
    public IReadOnlyList<ResultRow> Rows => Select("SELECT * FROM results ORDER BY file, sha256");

    /// <summary>Gets the row of an image, or null.</summary>
    public ResultRow? Find(string sha256) => Select("SELECT * FROM results WHERE sha256 = $sha256", ("$sha256", sha256)).SingleOrDefault();

    /// <summary>Adds a row, durable when this returns. An image that has one keeps it.</summary>
    public void Add(ResultRow row)
    {
        using SqliteCommand insert = Command(
            "INSERT INTO results VALUES ($sha256, $file, $label, $probability, $outcome, $version, $at, $error) ON CONFLICT (sha256) DO NOTHING",
            ("$sha256", row.Sha256),
            ("$file", row.File),
            ("$label", row.Label),
            ("$probability", row.Probability),
            ("$outcome", row.Outcome),
            ("$version", row.ModelVersion),
            ("$at", row.ScoredAt.ToString("O", CultureInfo.InvariantCulture)),
            ("$error", row.Error));
        insert.ExecuteNonQuery();
    }

    public void Dispose() => connection.Dispose();

    private List<ResultRow> Select(string query, params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand select = Command(query, parameters);
        using SqliteDataReader reader = select.ExecuteReader();
        List<ResultRow> rows = [];
        while (reader.Read())
        {
            rows.Add(new ResultRow(
                reader.GetString(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFloat(3),
                reader.GetString(4),
                reader.GetString(5),
                DateTimeOffset.ParseExact(reader.GetString(6), "O", CultureInfo.InvariantCulture),
                reader.IsDBNull(7) ? null : reader.GetString(7)));
        }

        return rows;
    }

    private SqliteCommand Command(string text, params (string Name, object? Value)[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}

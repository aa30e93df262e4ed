using System.Runtime.CompilerServices;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;
using InceptionMl.Scoring;

namespace InceptionMl.Batch;

/// <summary>
/// The images that a list of arguments names: what <see cref="ImageInputs"/> takes, and CSV, TSV and Parquet files that list images or
/// hold them, and zip archives, which are read in place. Nothing is held but what waits to be scored.
/// </summary>
public static class BatchInputs
{
    /// <summary>
    /// Enumerates inputs lazily, argument by argument, in the order of each. What is wrong with one image, row or entry is an input
    /// with an error, and the rest goes on; a table or an archive that cannot be read as a whole is one more such input, under its own name.
    /// </summary>
    /// <param name="arguments">Files, folders and patterns; themselves enumerated lazily.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="tally">The counter of what is ignored; null to forget it.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the enumeration.</param>
    /// <exception cref="DatasetException">A table has no such column, or leaves open which column is meant.</exception>
    public static async IAsyncEnumerable<BatchInput> EnumerateAsync(
        IAsyncEnumerable<string> arguments,
        BatchOptions? options = null,
        InputTally? tally = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options = OptionsCheck.Validated(options);
        tally ??= new InputTally();
        await foreach (string argument in arguments.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            bool any = false;
            foreach (string named in TablePattern.Expand(argument, options, tally, cancellationToken))
            {
                any = true;
                IAsyncEnumerable<BatchInput> inputs = options.SourceOf(named).ReadAsync(named, options, tally, cancellationToken);
                await foreach (BatchInput input in ReportingDamageAsync(named, inputs, cancellationToken).ConfigureAwait(false))
                {
                    yield return input;
                }
            }

            if (!any)
            {
                yield return BatchInput.Unusable(argument, "no table or archive matches the pattern");
            }
        }
    }

    /// <summary>
    /// Looks at the tables among arguments before anything is scored: that a column is missing should be known then, not after the
    /// images that stand before it.
    /// </summary>
    /// <param name="arguments">Files, folders and patterns.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the looking.</param>
    /// <exception cref="DatasetException">A table has no such column, or leaves open which column is meant.</exception>
    public static async Task CheckTablesAsync(IEnumerable<string> arguments, BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options = OptionsCheck.Validated(options);
        InputTally tally = new();
        foreach (string named in arguments.SelectMany(argument => TablePattern.Expand(argument, options, tally, cancellationToken)))
        {
            try
            {
                await options.SourceOf(named).CheckAsync(named, options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // A damaged table is an input with an error in its turn.
            }
        }
    }

    private static async IAsyncEnumerable<BatchInput> ReportingDamageAsync(
        string argument, IAsyncEnumerable<BatchInput> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<BatchInput> each = inputs.GetAsyncEnumerator(cancellationToken);
        await using (each.ConfigureAwait(false))
        {
            string? damage = null;
            while (damage is null)
            {
                try
                {
                    if (!await each.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    damage = e.Message.TrimEnd('.');
                }

                yield return damage is null ? each.Current : BatchInput.Unusable(argument, damage);
            }
        }
    }
}

/// <summary>One image of a batch.</summary>
/// <param name="Image">The image, under the name that is reported: its path, <c>ARCHIVE.zip!/ENTRY</c> or <c>TABLE.parquet#ROW</c>.</param>
/// <param name="Id">What the table's id column says of it; null without such a column.</param>
/// <param name="HeldBytes">How many bytes of memory wait with it to be scored; 0 for a file, which is read when its turn comes.</param>
public sealed record BatchInput(ImageSource Image, string? Id = null, long HeldBytes = 0)
{
    /// <summary>Gets the name that is reported.</summary>
    public string Path => Image.Name;

    internal static BatchInput Unusable(string name, string error, string? id = null) => new(ImageSource.Unusable(name, error), id);

    internal static BatchInput InMemory(string name, ReadOnlyMemory<byte> bytes, string? id = null) => new(ImageSource.FromBytes(bytes, name), id, bytes.Length);
}

/// <summary>
/// A pattern whose last name ends as tables and archives do, such as <c>exports/*.zip</c>, stands for those that match, as it would had
/// the shell expanded it.
/// </summary>
internal static class TablePattern
{
    /// <summary>Gets the files that match, in ordinal order; the argument itself where it is no such pattern.</summary>
    public static IEnumerable<string> Expand(string argument, BatchOptions options, InputTally tally, CancellationToken cancellationToken)
    {
        if (!IsTable(argument, options))
        {
            return [argument];
        }

        FolderWalk walk = new(tally, followLinks: true, cancellationToken, wanted: options.IsNamedAsSource);
        return new PathPattern(argument, walk).Files().Select(file => file.Shown);
    }

    private static bool IsTable(string argument, BatchOptions options) =>
        options.IsNamedAsSource(argument) && PathPattern.IsPattern(argument) && !File.Exists(argument) && !Directory.Exists(argument);
}

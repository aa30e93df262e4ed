using System.Runtime.CompilerServices;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch.Tables;
using InceptionMl.Training.Batch.Zip;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Batch;

/// <summary>
/// The images that a list of arguments names: what <see cref="ImageInputs"/> takes, and CSV, TSV and Parquet files that list images or
/// hold them, and zip archives, which are read in place. Nothing is held but what waits to be scored.
/// </summary>
public static class BatchInputs
{
    /// <summary>
    /// Enumerates inputs lazily, argument by argument, in the order of each. What is wrong with one image, row or entry is an input
    /// with an error, and the rest goes on; a table or an archive that is damaged as a whole is one more such input, under its own name.
    /// </summary>
    /// <param name="arguments">Files, folders and patterns; themselves enumerated lazily.</param>
    /// <param name="options">Null takes every default.</param>
    /// <param name="tally">Where to count what is ignored; null to forget it.</param>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    /// <exception cref="DatasetException">A table has no such column, or leaves open which column is meant.</exception>
    public static async IAsyncEnumerable<BatchInput> EnumerateAsync(
        IAsyncEnumerable<string> arguments,
        BatchOptions? options = null,
        InputTally? tally = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= new BatchOptions();
        tally ??= new InputTally();
        await foreach (string argument in arguments.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            IAsyncEnumerable<BatchInput> inputs = InputKinds.Of(argument) switch
            {
                InputKind.Delimited => DelimitedTable.Read(argument, options, cancellationToken).ToAsyncEnumerable(),
                InputKind.Parquet => ParquetTable.ReadAsync(argument, options, cancellationToken),
                InputKind.Zip => ZipImages.Read(argument, options, tally, cancellationToken).ToAsyncEnumerable(),
                _ => ImageInputs.Enumerate([argument], tally, cancellationToken).Select(Input).ToAsyncEnumerable(),
            };
            await foreach (BatchInput input in ReportingDamageAsync(argument, inputs, cancellationToken).ConfigureAwait(false))
            {
                yield return input;
            }
        }
    }

    private static BatchInput Input(ImageInput image) => image.Error is null
        ? new BatchInput(ImageSource.FromFile(image.FullPath, image.Path))
        : BatchInput.Unusable(image.Path, image.Error);

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

using System.Text;

namespace InceptionMl.Cli.Tests.Serving;

/// <summary>Tells of its first line.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> FirstLine => first.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => first.TrySetResult(value ?? string.Empty);

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}

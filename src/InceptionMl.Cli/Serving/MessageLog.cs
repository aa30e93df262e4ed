using Microsoft.Extensions.Logging;

namespace InceptionMl.Cli.Serving;

/// <summary>The service's log as messages of the tool, a line each.</summary>
internal sealed class MessageLog(TextWriter messages) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}";
        messages.WriteLine(line.ReplaceLineEndings(" "));
    }

    public void Dispose()
    {
        // The messages belong to the tool.
    }
}

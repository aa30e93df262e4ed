using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class MessageList : ILoggerProvider, ILogger
{
    private event Action<string>? Logged;

    public ConcurrentQueue<(LogLevel Level, string Text)> Messages { get; } = [];

    /// <summary>Ends when something that holds a text is logged.</summary>
    /// <param name="part">The text.</param>
    public Task LoggedAsync(string part)
    {
        TaskCompletionSource logged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Logged += text =>
        {
            if (text.Contains(part, StringComparison.Ordinal))
            {
                logged.TrySetResult();
            }
        };
        return logged.Task;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string text = $"{formatter(state, exception)} {exception}";
        Messages.Enqueue((logLevel, text));
        Logged?.Invoke(text);
    }

    public void Dispose()
    {
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class MessageList : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Messages { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}

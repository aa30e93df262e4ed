using InboxWorker;
using Microsoft.Extensions.Logging;

namespace InceptionMl.Examples.Tests.InboxWorker;

/// <summary>A log that a test waits on.</summary>
internal sealed class FirstMessage : ILogger<InboxPass>
{
    private readonly TaskCompletionSource<string> message = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Message => message.Task.WaitAsync(TestContext.Current.CancellationToken);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        message.TrySetResult(formatter(state, exception));
}

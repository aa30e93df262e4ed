using System.Runtime.InteropServices;

namespace InceptionMl.Cli;

/// <summary>
/// Ctrl-C and SIGTERM as a cancellation. The first of them asks the verb to stop; a verb that has not stopped when patience ends is
/// left where it is, and the process goes. Further ones change nothing.
/// </summary>
internal sealed class Termination : IDisposable
{
    private const int SignalStatus = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly CancellationTokenSource canceling = new();
    private readonly TaskCompletionSource<int> forced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] registrations;
    private readonly ITimer patience;
    private readonly TimeSpan wait;
    private int status;

    public Termination(TimeSpan wait, TimeProvider time)
    {
        this.wait = wait;
        patience = time.CreateTimer(_ => forced.TrySetResult(status), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        registrations = [Register(PosixSignal.SIGINT, Interrupt), Register(PosixSignal.SIGTERM, Terminate)];
    }

    /// <summary>Runs a verb until it is done, or has been asked to stop and does not.</summary>
    /// <returns>The verb's exit status, or that of the signal.</returns>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> run)
    {
        // On another thread, so that a verb that waits without being asynchronous can be left too.
        Task<int> running = Task.Run(() => run(canceling.Token));
        return await await Task.WhenAny(running, forced.Task);
    }

    /// <summary>What a signal does.</summary>
    public void Stop(int signal)
    {
        if (Interlocked.CompareExchange(ref status, SignalStatus + signal, 0) == 0)
        {
            patience.Change(wait, Timeout.InfiniteTimeSpan);
            canceling.Cancel();
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        patience.Dispose();
        canceling.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Stop(number);
    });
}

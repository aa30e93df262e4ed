namespace InceptionMl.Training.Backbones.Download;

/// <summary>Ends a try whose server has fallen silent, or nearly so.</summary>
internal sealed class IdleTimer : IDisposable
{
    private const int BytesThatCount = 4096;

    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _limit;
    private long _sinceRenewal;

    public IdleTimer(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _idle = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_idle.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public void Renew()
    {
        _sinceRenewal = 0;
        _idle.CancelAfter(_limit);
    }

    // A byte now and then is silence too: a server could keep a download alive for days with it.
    public void Count(int bytes)
    {
        _sinceRenewal += bytes;
        if (_sinceRenewal >= BytesThatCount)
        {
            Renew();
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _idle.Dispose();
    }
}

namespace InceptionMl.Backbones.Download;

/// <summary>Ends a try whose server has fallen silent, or nearly so.</summary>
internal sealed class IdleTimer : IDisposable
{
    private const int BytesThatCount = 4096;

    private readonly CancellationTokenSource idle;
    private readonly CancellationTokenSource either;
    private readonly TimeSpan limit;
    private long sinceRenewal;

    public IdleTimer(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        this.limit = limit;
        idle = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
    }

    public CancellationToken Token => either.Token;

    public void Renew()
    {
        sinceRenewal = 0;
        idle.CancelAfter(limit);
    }

    // A byte now and then is silence too: a server could keep a download alive for days with it.
    public void Count(int bytes)
    {
        sinceRenewal += bytes;
        if (sinceRenewal >= BytesThatCount)
        {
            Renew();
        }
    }

    public void Dispose()
    {
        either.Dispose();
        idle.Dispose();
    }
}

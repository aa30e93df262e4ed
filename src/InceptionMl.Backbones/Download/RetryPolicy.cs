using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace InceptionMl.Backbones.Download;

/// <summary>Which failures are worth another try, how many, and after which wait.</summary>
internal sealed class RetryPolicy(DownloadOptions options, TimeProvider time, Func<long> bytesSoFar)
{
    private const long Gain = 1 << 20;

    private long most;
    private int fruitless;

    public ResiliencePipeline<HttpResponseMessage> Build() => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = arguments => ValueTask.FromResult(MayHelp(arguments.Outcome) && IsAllowed()),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Asked(arguments.Outcome.Result) ?? BackOff()),
        })
        .Build();

    /// <summary>How long a server asks to be left alone; null if it does not.</summary>
    public TimeSpan? Asked(HttpResponseMessage? response)
    {
        TimeSpan? asked = response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => null,
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private bool MayHelp(Outcome<HttpResponseMessage> outcome) => outcome.Exception switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError
        } => false,
        null => HttpClientResiliencePredicates.IsTransient(outcome) && !(Asked(outcome.Result) > options.LongestDelay),
        { } exception => exception is HttpRequestException or IOException or TimeoutException,
    };

    private bool IsAllowed()
    {
        if (bytesSoFar() >= most + Gain)
        {
            most = bytesSoFar();
            fruitless = 0;
        }

        return ++fruitless <= options.MaxRetries;
    }

    private TimeSpan BackOff()
    {
        double ticks = options.FirstDelay.Ticks * Math.Pow(2, fruitless - 1);
        return ticks < options.LongestDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : options.LongestDelay;
    }
}

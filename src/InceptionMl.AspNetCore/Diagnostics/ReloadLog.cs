using InceptionMl.Scoring;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Diagnostics;

/// <summary>Writes down what became of a newly promoted model.</summary>
internal sealed class ReloadLog(string scorer, ILogger logger) : IProgress<ModelReload>
{
    public void Report(ModelReload value)
    {
        if (value.Replaced is { } former)
        {
            Log.Swapped(logger, scorer, value.Serving, former);
        }
        else if (value.Problem is { } problem)
        {
            Log.KeepsFormer(logger, scorer, problem);
        }
        else
        {
            Log.Recovered(logger, scorer, value.Serving);
        }
    }
}

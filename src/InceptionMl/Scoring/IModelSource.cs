namespace InceptionMl.Scoring;

/// <summary>Names the model to serve: a registry, a deployment's configuration, a database.</summary>
public interface IModelSource
{
    /// <summary>Gets the model that is promoted now. It is asked for by one caller at a time, and again at every refresh.</summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public ValueTask<PromotedModel> GetCurrentAsync(CancellationToken cancellationToken = default);
}

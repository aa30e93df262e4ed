namespace InceptionMl.Scoring;

/// <summary>Names the model to serve: a registry, a deployment's configuration.</summary>
public interface IModelSource
{
    /// <summary>Gets the model that is promoted now. It is asked from one thread at a time, and again at every refresh.</summary>
    public PromotedModel Current();
}

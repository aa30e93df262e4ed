namespace InceptionMl.Backbones;

/// <summary>Why a backbone cannot be used, where a caller may have more to say about it.</summary>
public enum BackboneProblem
{
    /// <summary>The message says all there is to say.</summary>
    Other,

    /// <summary>A published file did not come from its address; a copy that was fetched by hand can take its place.</summary>
    NotFetched,
}

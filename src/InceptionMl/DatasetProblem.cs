namespace InceptionMl;

/// <summary>Why a dataset or a table cannot be used, where a caller may have more to say about it.</summary>
public enum DatasetProblem
{
    /// <summary>The message says all there is to say.</summary>
    Other,

    /// <summary>The header does not tell which column holds what.</summary>
    Columns,

    /// <summary>The labels may be the folders that images lie in.</summary>
    NestedFolders,
}

namespace InceptionMl;

/// <summary>A dataset or a table cannot be used as it is.</summary>
public sealed class DatasetException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that names the file or folder and says what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public DatasetException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="DatasetErrorReason.Unusable"/>.</value>
    public DatasetErrorReason Reason { get; init; }
}

/// <summary>Why a dataset or a table cannot be used.</summary>
public enum DatasetErrorReason
{
    /// <summary>The message says all there is to say.</summary>
    Unusable,

    /// <summary>The header does not tell which column holds what.</summary>
    Columns,

    /// <summary>The labels may be the folders that images lie in.</summary>
    NestedFolders,

    /// <summary>No file or folder of this name is there, or none of the images that are listed.</summary>
    NotFound,

    /// <summary>The files are there, and cannot be read: not one image can, or a part of the dataset.</summary>
    Unreadable,

    /// <summary>There are too few classes, or a class has too few images.</summary>
    TooFewImages,
}

namespace InceptionMl.AspNetCore.Requests;

/// <summary>The three forms in which images come.</summary>
internal enum BodyKind
{
    /// <summary><c>multipart/form-data</c>.</summary>
    Multipart,

    /// <summary><c>application/json</c>.</summary>
    Json,

    /// <summary>The bytes of one image, <c>image/*</c> or <c>application/octet-stream</c>.</summary>
    Image,
}

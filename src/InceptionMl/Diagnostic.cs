using System.Text.Json.Serialization;

namespace InceptionMl;

/// <summary>Something worth knowing about work that went on nevertheless.</summary>
/// <param name="Id">What kind of thing it is, for programs: one of <see cref="DiagnosticIds"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">The full sentence for people.</param>
/// <param name="Path">The one file or folder it is about; null if there is none, or more than one.</param>
public sealed record Diagnostic(string Id, DiagnosticSeverity Severity, string Message, string? Path = null)
{
    /// <summary>Creates a warning.</summary>
    /// <param name="id">One of <see cref="DiagnosticIds"/>.</param>
    /// <param name="message">The full sentence for people.</param>
    /// <param name="path">The one file or folder it is about.</param>
    public static Diagnostic Warning(string id, string message, string? path = null) => new(id, DiagnosticSeverity.Warning, message, path);

    /// <summary>Creates a note.</summary>
    /// <param name="id">One of <see cref="DiagnosticIds"/>.</param>
    /// <param name="message">The full sentence for people.</param>
    /// <param name="path">The one file or folder it is about.</param>
    public static Diagnostic Note(string id, string message, string? path = null) => new(id, DiagnosticSeverity.Note, message, path);

    /// <summary>Returns the sentence.</summary>
    public override string ToString() => Message;
}

/// <summary>How much a <see cref="Diagnostic"/> matters. In JSON it is a word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DiagnosticSeverity>))]
public enum DiagnosticSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Something may be wrong.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Something is wrong.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}

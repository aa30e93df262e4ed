using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace InceptionMl.TestSupport;

/// <summary>C# source text, compiled in memory against everything that the tests themselves run on.</summary>
internal static class CompiledSource
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetExtension(path) == ".dll").Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The errors of a program, each with its line; warnings are none.</summary>
    public static IReadOnlyList<string> Errors(params string[] sources) =>
        [.. Compilation(OutputKind.ConsoleApplication, sources).GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(d => d.ToString())];

    /// <summary>Compiles a library and loads it.</summary>
    public static Assembly Load(params string[] sources)
    {
        using MemoryStream assembly = new();
        IEnumerable<Microsoft.CodeAnalysis.Diagnostic> errors = Compilation(OutputKind.DynamicallyLinkedLibrary, sources).Emit(assembly).Diagnostics
            .Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(diagnostic => diagnostic.ToString()));
        return Assembly.Load(assembly.ToArray());
    }

    private static CSharpCompilation Compilation(OutputKind kind, string[] sources) => CSharpCompilation.Create(
        $"Sample{Guid.NewGuid():N}",
        sources.Select(source => CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest))),
        References.Value,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
}

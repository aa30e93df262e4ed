using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using InceptionMl.Networks;

namespace InceptionMl.Cli.Tests;

/// <summary>What holds for the errors of every library: programs tell them apart by type and reason, and the tool alone names its commands.</summary>
public sealed partial class ErrorTests
{
    public static TheoryData<string> Libraries => [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "InceptionMl*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => !name.Contains("Tests", StringComparison.Ordinal) && name is not ("InceptionMl.Cli" or "InceptionMl.TestSupport"))];

    [Fact]
    public void The_libraries_are_found() => Assert.Superset(
        new HashSet<string>(["InceptionMl", "InceptionMl.AspNetCore", "InceptionMl.Backbones", "InceptionMl.Batch", "InceptionMl.Networks", "InceptionMl.Training"]), Libraries.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_names_no_command_or_option_of_the_tool(string library) =>
        Assert.DoesNotContain(Texts(library), text => CommandOrOption().IsMatch(text));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_public_exception_has_a_base_and_a_reason(string library)
    {
        Type[] exceptions = [.. Assembly.LoadFrom(FileOf(library)).GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract)];

        Assert.All(exceptions, type =>
        {
            Assert.True(type.IsSubclassOf(typeof(InceptionMlException)) || type.IsSubclassOf(typeof(NetworkException)), $"{type} has neither base.");
            Assert.True(type.GetProperty("Reason")?.PropertyType.IsEnum, $"{type} has no reason.");
        });
    }

    private static string FileOf(string library) => Path.Combine(AppContext.BaseDirectory, library + ".dll");

    private static List<string> Texts(string library)
    {
        using FileStream stream = File.OpenRead(FileOf(library));
        using PEReader assembly = new(stream);
        MetadataReader metadata = assembly.GetMetadataReader();
        List<string> texts = [];
        for (UserStringHandle text = MetadataTokens.UserStringHandle(0); ;)
        {
            text = metadata.GetNextHandle(text);
            if (text.IsNil)
            {
                return texts;
            }

            texts.Add(metadata.GetUserString(text));
        }
    }

    [GeneratedRegex(@"(^|[\s('""])--[a-z][a-z-]*(?![\w-]*\s*:)|\binceptionml (backbones|check|classify|evaluate|explain|export|featurize|models|network|retrain|scaffold|score|serve|train)\b|on the command line")]
    private static partial Regex CommandOrOption();
}

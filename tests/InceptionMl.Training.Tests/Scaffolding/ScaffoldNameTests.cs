using CsCheck;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Tests.Scaffolding;

public sealed class ScaffoldNameTests
{
    [Theory]
    [InlineData("Fasteners")]
    [InlineData("flowers")]
    [InlineData("_private1")]
    [InlineData("Größe")]
    [InlineData("日本")]
    [InlineData("Program")]
    [InlineData("System")]
    [InlineData("Console")]
    [InlineData("COM")]
    public void An_identifier_is_a_name(string name) => Assert.Null(ScaffoldName.Problem(name));

    [Theory]
    [InlineData("", "from 1 to 60 characters: try ImageClassifier")]
    [InlineData("3d", "is no C# identifier, which has letters, digits and _ and does not begin with a digit: try Model3d")]
    [InlineData("my-model v2", "try MyModelV2")]
    [InlineData("../../etc/passwd", "try EtcPasswd")]
    [InlineData("@class", "try Class")]
    [InlineData("a\";b", "try AB")]
    [InlineData("a\nb", "The name 'a b' is no C# identifier")]
    [InlineData("😀", "try ImageClassifier")]
    [InlineData("soft\u00ADhyphen", "try SoftHyphen")]
    [InlineData("class", "is a keyword of C#: try Class")]
    [InlineData("record", "is a keyword of C#: try Record")]
    [InlineData("ImageScorer", "is one that the generated code uses itself: try ModelImageScorer")]
    [InlineData("ModelInput", "uses itself")]
    [InlineData("Predict", "uses itself")]
    [InlineData("Path", "uses itself")]
    [InlineData("TrainingSettings", "uses itself")]
    [InlineData("EvaluateAsync", "uses itself")]
    [InlineData("con", "is a device's on Windows: try ModelCon")]
    [InlineData("LPT1", "is a device's on Windows")]
    public void What_cannot_be_a_name_is_told_with_one_that_can(string name, string told) =>
        Assert.Contains(told, ScaffoldName.Problem(name), StringComparison.Ordinal);

    [Fact]
    public void Every_suggestion_can_be_taken() => Gen.String.Sample(name =>
    {
        if (ScaffoldName.Problem(name) is { } problem)
        {
            Assert.DoesNotContain('\n', problem);
            Assert.Null(ScaffoldName.Problem(problem[(problem.LastIndexOf(' ') + 1)..]));
        }
    });
}

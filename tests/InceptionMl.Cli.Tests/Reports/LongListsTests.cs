using System.Text.Json;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests.Reports;

/// <summary>What is shown of thousands of files or classes.</summary>
public sealed class LongListsTests
{
    [Fact]
    public void Of_many_images_left_out_the_first_ten_are_shown_and_the_others_counted_by_reason()
    {
        ImageProblem[] problems =
        [
            .. Enumerable.Range(0, 30).Select(i => new ImageProblem($"a/{i}.png", $"has {i + 1:N0} bytes, more than the limit of 0: make it smaller")),
            .. Enumerable.Range(0, 4).Select(i => new ImageProblem($"b/{i}.png", "is empty (0 bytes): copy it again from its source")),
            new ImageProblem("c.png", "does not exist"),
        ];

        Expectation.Holds(Text(problems), "Reports", "Texts", "left-out.txt");
    }

    [Fact]
    public void Reasons_that_are_all_different_do_not_make_the_list_long_again()
    {
        string[] lines = Lines([.. Enumerable.Range(0, 200).Select(i => new ImageProblem($"{i}.png", $"is {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}"))]);

        Assert.Equal(12, lines.Length);
        Assert.EndsWith("1 \"is ae\" and 195 more reasons); --json lists every one of them.", lines[11], StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_images_left_out_are_all_shown() =>
        Assert.Equal(11, Lines([.. Enumerable.Range(0, 10).Select(i => new ImageProblem($"{i}.png", "is empty"))]).Length);

    [Theory]
    [InlineData(30, 30)]
    [InlineData(31, 20)]
    [InlineData(2000, 20)]
    public void A_table_of_more_than_thirty_classes_shows_the_twenty_worst_and_a_count(int classes, int shown)
    {
        using StringWriter text = new();
        using TestConsole console = new TestConsole().Width(160);

        EvaluationReport.Write(Tool.Context() with { Output = text, Console = console }, Result(classes));

        Assert.Equal(shown, console.Output.Split('\n').Count(line => line.Contains("class-", StringComparison.Ordinal)));
        string count = $"These are the 20 worst of {classes} classes by F1; the other {classes - 20} are not shown.";
        Assert.Equal(shown < classes, text.ToString().Contains(count, StringComparison.Ordinal));
        Assert.Contains("class-00000", console.Output, StringComparison.Ordinal);
        Expectation.Holds(console.Output + text, "Reports", "Texts", FormattableString.Invariant($"evaluation-{classes}.txt"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2000)]
    public void For_programs_the_matrix_is_whole_however_many_the_classes(int classes)
    {
        JsonElement matrix = Json(classes).GetProperty("confusion");

        Assert.Equal(classes, matrix.GetArrayLength());
        Assert.All(matrix.EnumerateArray(), row => Assert.Equal(classes, row.GetArrayLength()));
    }

    [Fact]
    public void Classes_that_are_never_given_are_named_and_many_of_them_counted()
    {
        Assert.Equal(
            ["1 of 40 classes is never given to any of the 40 images: class-00000. Where they had few training images, train again with --balance weights."],
            NeverGivenText.Create(Result(40)));

        MetricsAccumulator all = new([.. Enumerable.Range(0, 9).Select(c => $"c{c}")]);
        for (int truth = 0; truth < 9; truth++)
        {
            all.Add(truth, [0, 0, 0, 1, 0, 0, 0, 0, 0]);
        }

        Assert.StartsWith("8 of 9 classes are never given to any of the 9 images: c0, c1, c2, c4, c5 and 3 more.", Assert.Single(NeverGivenText.Create(new EvaluationResult(all.ToMetrics(), [], []))), StringComparison.Ordinal);
        Assert.Empty(NeverGivenText.Create(new EvaluationResult(new MetricsAccumulator(["a", "b"]).ToMetrics(), [], [])));
        EvaluationResult stranger = new(all.ToMetrics(), [], []) { UnknownLabels = ["c0", "c1", "c2", "c4", "c5", "c6", "c7"] };
        Assert.StartsWith("1 of 2 classes is never given to any of the 9 images: c8.", Assert.Single(NeverGivenText.Create(stranger)), StringComparison.Ordinal);
    }

    private static JsonElement Json(int classes) => JsonDocument.Parse(EvaluationReport.ToJson(Result(classes))).RootElement;

    // An image of each class, all right but that of the first, which is called the second.
    private static EvaluationResult Result(int classes)
    {
        MetricsAccumulator metrics = new([.. Enumerable.Range(0, classes).Select(c => $"class-{c:D5}")]);
        for (int truth = 0; truth < classes; truth++)
        {
            float[] probabilities = new float[classes];
            probabilities[Math.Max(truth, 1)] = 1;
            metrics.Add(truth, probabilities);
        }

        return new EvaluationResult(metrics.ToMetrics(), [], []);
    }

    private static string[] Lines(ImageProblem[] problems) => Text(problems).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static string Text(ImageProblem[] problems)
    {
        using StringWriter error = new();
        RunMessages.Write(error, [], ["one."], problems);
        return error.ToString();
    }
}

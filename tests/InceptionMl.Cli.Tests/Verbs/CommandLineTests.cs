using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("fly")]
    [InlineData("train")]
    [InlineData("train x --nope")]
    [InlineData("train x --head forest")]
    [InlineData("train x --resize stretch")]
    [InlineData("train x --validation 1.5")]
    [InlineData("train x --validation 0.6 --test 0.6")]
    [InlineData("train x --seed many")]
    [InlineData("train x --precision int8")]
    [InlineData("train x --augment heavy")]
    [InlineData("train x --out m.zip --save-pipeline m.json")]
    [InlineData("train x --out m.zip --save-pipeline ./m.zip")]
    [InlineData("score m.zip x --top 0")]
    [InlineData("score m.zip x --format yaml")]
    [InlineData("featurize x")]
    [InlineData("featurize x --out f.csv --shard 1/2")]
    [InlineData("train x --backbone b.onnx --scale 1")]
    [InlineData("train x --backbone b.onnx --scale 1 --offset zero --input-size 299x299 --channels RGB")]
    [InlineData("train x --backbone b.onnx --scale 1 --offset 0 --input-size 299x --channels RGB")]
    [InlineData("backbones")]
    [InlineData("backbones fly")]
    [InlineData("backbones import")]
    [InlineData("backbones import x.h5 --scale 1")]
    [InlineData("backbones import x.h5 --crop-fraction 0.9")]
    [InlineData("backbones import x.h5 --crop-fraction 2 --scale 1 --offset 0 --input-size 299x299 --channels RGB")]
    [InlineData("backbones pull nobody-knows --store s")]
    [InlineData("backbones show")]
    [InlineData("backbones remove")]
    [InlineData("scaffold m.zip")]
    [InlineData("scaffold m.zip --out d")]
    [InlineData("scaffold m.zip --out d --name no-name")]
    [InlineData("explain m.zip x")]
    [InlineData("explain m.zip x --out heat.jpg")]
    [InlineData("explain m.zip x.png --out ./x.png")]
    [InlineData("export m.zip")]
    [InlineData("serve")]
    [InlineData("serve m.zip --urls everywhere")]
    [InlineData("serve m.zip --urls https://127.0.0.1:5080")]
    [InlineData("serve m.zip --urls http://127.0.0.1:5080/path")]
    [InlineData("serve m.zip --urls http://127.0.0.1:99999")]
    [InlineData("serve m.zip --api-key short")]
    public async Task A_wrong_command_line_is_status_2_and_nothing_on_standard_output(string line)
    {
        ToolRun run = await Tool.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train /no/such/folder", "/no/such/folder")]
    [InlineData("train . --out model.txt", "model.txt")]
    [InlineData("train . --backbone /no/such.onnx", "/no/such.onnx")]
    [InlineData("train . --backbone inception-v3 --store /no/store", "backbones pull inception-v3")]
    [InlineData("train . --backbone mine --store /no/store", "backbones list")]
    [InlineData("featurize . --out f.csv --backbone googlenet-torch --store /no/store", "backbones pull googlenet-torch")]
    [InlineData("backbones import /no/such.h5 --store /no/store", "/no/such.h5 does not exist")]
    [InlineData("backbones show inception-v3 --store /no/store", "backbones pull inception-v3")]
    [InlineData("backbones show mine --store /no/store", "no backbone 'mine'")]
    [InlineData("backbones verify mine --store /no/store", "no backbone 'mine'")]
    [InlineData("backbones pull inception-v1-onnx --store /no/store", "--input-size, --offset, --scale and --channels")]
    [InlineData("evaluate /no/such.zip .", "/no/such.zip")]
    [InlineData("score /no/such.zip .", "/no/such.zip")]
    [InlineData("serve /no/such.zip", "/no/such.zip")]
    [InlineData("featurize . --out features.txt", "features.txt")]
    [InlineData("explain /no/such.zip x.jpg --out y.png", "/no/such.zip")]
    [InlineData("export /no/such.zip --onnx m.onnx", "/no/such.zip")]
    [InlineData("export /no/such.zip --onnx m.zip", "m.zip")]
    public async Task What_cannot_be_done_is_status_1_and_one_sentence_that_names_it(string line, string named)
    {
        ToolRun run = await Tool.RunAsync(line.Split(' '));

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task An_empty_argument_is_a_wrong_command_line()
    {
        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync("train", string.Empty)).Status);
        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync("score", "m.zip", "x", "--out", string.Empty)).Status);
    }

    [Fact]
    public async Task Nothing_of_the_users_is_overwritten_unasked()
    {
        using TemporaryFolder folder = new();
        string manifest = folder.Write("list.csv", "path,label\na.jpg,a\nb.jpg,b\n"u8.ToArray());
        string card = folder.Write("model.json", "{\"mine\":1}"u8.ToArray());

        ToolRun features = await Tool.RunAsync("featurize", manifest, "--out", manifest);
        ToolRun model = await Tool.RunAsync("train", TrainedDemo.Images, "--out", folder.At("model.zip"));

        Assert.Equal((ExitStatus.Failed, ExitStatus.Failed), (features.Status, model.Status));
        Assert.Contains(card, model.Error, StringComparison.Ordinal);
        Assert.Equal("{\"mine\":1}", await File.ReadAllTextAsync(card, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Help_and_version_are_status_0()
    {
        Assert.Equal(ExitStatus.Done, (await Tool.RunAsync("--help")).Status);
        Assert.Equal(ExitStatus.Done, (await Tool.RunAsync("train", "--help")).Status);
        Assert.StartsWith("0.1.0", (await Tool.RunAsync("--version")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backbone_without_a_card_says_what_is_missing()
    {
        using TemporaryFolder folder = new();
        string onnx = folder.At("mine.onnx");
        File.Copy(Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact.onnx"), onnx);

        ToolRun run = await Tool.RunAsync("train", folder.Path, "--backbone", onnx);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("--input-size, --offset, --scale and --channels", run.Error, StringComparison.Ordinal);
    }
}

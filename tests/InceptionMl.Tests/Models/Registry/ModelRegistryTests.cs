using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Versions;

namespace InceptionMl.Tests.Models.Registry;

public sealed class ModelRegistryTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ModelRegistry registry;

    public ModelRegistryTests() => registry = new ModelRegistry(folder.Path + Path.DirectorySeparatorChar);

    /// <summary>Three versions, the second promoted.</summary>
    public async ValueTask InitializeAsync()
    {
        using RegistryWriter writer = await RegistryWriter.OpenAsync(folder.Path, null, TestContext.Current.CancellationToken);
        for (int i = 1; i <= 3; i++)
        {
            double accuracy = i / 10.0;
            await writer.PublishAsync((staged, _) => SmallVersion.WriteAsync(staged, accuracy), TestContext.Current.CancellationToken);
        }

        writer.Promote("0001", "the first");
        writer.Promote("0002", "better");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteCurrent(string content) => File.WriteAllText(folder.At("current"), content);

    [Fact]
    public void The_promoted_version_and_all_others_are_read()
    {
        ModelVersion current = registry.Current!;

        Assert.Equal(("0002", 0.2, 10), (current.Version, current.Accuracy, current.Classes.Count + 8));
        Assert.Equal(folder.At("versions", "0002", "model.zip"), current.ModelPath);
        Assert.Equal("0002", registry.CurrentName);
        Assert.Equal([("0001", false), ("0002", true), ("0003", false)], registry.Versions.Select(version => (version.Version, version.IsCurrent)));
        Assert.All(registry.Versions, version => Assert.Equal(
            Directory.GetFiles(version.Folder).Sum(file => new FileInfo(file).Length), version.Bytes));
        Assert.Equal(0.3, registry.Find("0003")!.Accuracy);
        Assert.Null(registry.Find("0004"));
        Assert.Contains("its versions are 0001, 0002, 0003", Assert.Throws<RegistryException>(() => registry.Show("0004")).Message, StringComparison.Ordinal);
        Assert.True(ModelRegistry.IsRegistry(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_empty_registry()
    {
        ModelRegistry none = new(folder.At("none"));

        Assert.Null(none.Current);
        Assert.Empty(none.Versions);
        Assert.Empty(none.Promotions);
        Assert.False(ModelRegistry.IsRegistry(none.Folder));
        Assert.False(Directory.Exists(none.Folder));
    }

    [Fact]
    public void Versions_are_in_the_order_of_their_numbers_and_other_names_are_none()
    {
        foreach (string name in (string[])["10000", "00012", "0000", "12", "notes", "9999"])
        {
            Directory.CreateDirectory(folder.At("versions", name));
        }

        Assert.Equal(["0001", "0002", "0003", "9999", "10000"], registry.Versions.Select(version => version.Version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("2\n")]
    [InlineData("00002\n")]
    [InlineData("0002\n0001\n")]
    [InlineData(" 0002\n")]
    [InlineData("../../elsewhere\n")]
    [InlineData("/etc\n")]
    [InlineData("٠٠٠٢\n")]
    [InlineData("0004\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000000000000000002\n")]
    public void A_current_that_names_no_complete_version_is_an_error_that_names_the_file(string content)
    {
        WriteCurrent(content);

        Assert.Contains(folder.At("current"), Assert.Throws<RegistryException>(() => registry.Current).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0002")]
    [InlineData("0002\r\n")]
    public void A_current_written_by_hand_counts(string content)
    {
        WriteCurrent(content);

        Assert.Equal("0002", registry.Current!.Version);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../0001")]
    [InlineData("0001/")]
    [InlineData("1234567890")]
    [InlineData("00a1")]
    public void A_name_that_no_version_can_have_is_refused(string name) => Assert.Throws<RegistryException>(() => registry.Find(name));

    [Fact]
    public void A_damaged_card_is_a_problem_but_the_model_can_be_used()
    {
        File.WriteAllText(folder.At("versions", "0002", "card.json"), "{");

        ModelVersion current = registry.Current!;

        Assert.Contains("card.json", current.Problem, StringComparison.Ordinal);
        Assert.Equal((true, 0.2), (current.IsComplete, current.Accuracy));
    }

    [Fact]
    public void A_damaged_model_cannot_be_used()
    {
        File.WriteAllBytes(folder.At("versions", "0002", "model.zip"), [1, 2, 3]);

        Assert.False(registry.Show("0002").IsComplete);
        Assert.StartsWith($"{folder.At("current")} names 0002, which is not complete", Assert.Throws<RegistryException>(() => registry.Current).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("current")]
    [InlineData("promotions.jsonl")]
    [InlineData("versions/0002/card.json")]
    [InlineData("versions/0002/data.csv")]
    [InlineData("frozen-test.csv")]
    public void A_file_far_too_large_is_refused_unread(string name)
    {
        using (FileStream file = new(folder.At(name), FileMode.Create))
        {
            file.SetLength(20L << 30);
        }

        Assert.Throws<RegistryException>(() => ReadAll(stopAtProblems: true));
    }

    [Theory]
    [InlineData("current")]
    [InlineData("versions")]
    [InlineData("versions/0002")]
    [InlineData("versions/0002/model.zip")]
    [InlineData("versions/0002/card.json")]
    [InlineData("promotions.jsonl")]
    public void Symbolic_links_are_not_followed(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using TemporaryFolder outside = new();
        string moved = outside.At("moved");
        Directory.Move(folder.At(name), moved);
        File.CreateSymbolicLink(folder.At(name), moved);

        Assert.Contains("symbolic link", Assert.Throws<RegistryException>(() => ReadAll(stopAtProblems: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("current")]
    [InlineData("promotions.jsonl")]
    [InlineData("frozen-test.csv")]
    [InlineData("versions/0002/data.csv")]
    [InlineData("versions/0002/card.json")]
    [InlineData("versions/0002/model.zip")]
    public void Whatever_a_file_holds_there_is_an_answer_or_the_registrys_own_exception(string name)
    {
        File.WriteAllText(folder.At("frozen-test.csv"), $"sha256,label,since\n{new string('a', 64)},\"bolt\",0001\n");
        byte[] whole = File.ReadAllBytes(folder.At(name));
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, whole.Length - 1], CsCheck.Gen.Byte, CsCheck.Gen.Int[0, 3], CsCheck.Gen.Int[0, whole.Length]),
            change =>
            {
                (int at, byte value, int cut, int length) = change;
                byte[] mutated = [.. cut == 0 ? whole[..length] : whole];
                if (cut != 0)
                {
                    mutated[at] = value;
                }

                File.WriteAllBytes(folder.At(name), mutated);
                try
                {
                    ReadAll(stopAtProblems: false);
                }
                catch (RegistryException)
                {
                }
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void A_zip_without_what_its_card_names_is_not_complete()
    {
        using (System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.Open(
            folder.At("versions", "0002", "model.zip"), System.IO.Compression.ZipArchiveMode.Update))
        {
            zip.GetEntry(ModelPackage.HeadEntry)!.Delete();
        }

        Assert.Contains(ModelPackage.HeadEntry, registry.Show("0002").Problem, StringComparison.Ordinal);
        Assert.False(registry.Show("0002").IsComplete);
    }

    private void ReadAll(bool stopAtProblems)
    {
        ModelVersion? current = registry.Current;
        if (stopAtProblems && current?.Problem is { } problem)
        {
            throw new RegistryException(problem);
        }

        Assert.NotNull(registry.Promotions);
        FrozenTest.Read(folder.Path);
        foreach (ModelVersion version in registry.Versions)
        {
            VersionImages.Read(version);
        }
    }
}

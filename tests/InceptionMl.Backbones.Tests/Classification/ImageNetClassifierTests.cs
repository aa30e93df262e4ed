using System.Globalization;
using InceptionMl.Backbones.Classification;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Classification;

public sealed class ImageNetClassifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ImageClass[] Names(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => new ImageClass(string.Create(CultureInfo.InvariantCulture, $"thing {i}")))];

    private static (int Index, double Probability)[] Best(float[] logits, int count)
    {
        double sum = logits.Sum(logit => Math.Exp(logit - (double)logits.Max()));
        return [.. logits.Select((logit, index) => (index, Math.Exp(logit - (double)logits.Max()) / sum)).OrderByDescending(c => c.Item2).Take(count)];
    }

    private static void AssertSame((int Index, double Probability)[] expected, IReadOnlyList<ClassScore> found)
    {
        Assert.Equal(expected.Select(c => c.Index), found.Select(c => c.Index));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-5));
        Assert.All(found, c => Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"thing {c.Index}"), c.Label));
    }

    [Fact]
    public void The_best_classes_are_those_that_the_file_itself_scores_highest()
    {
        using SmallClassifier small = new();
        using ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, ImageNetClassIndex.Parse(SmallClassifier.Index()));
        HashSet<int> winners = [];

        for (int seed = 0; seed < 6; seed++)
        {
            IReadOnlyList<ClassScore> found = classifier.Classify(small.Picture("a.png", seed), Cancellation);

            AssertSame(Best(small.Logits(seed), 5), found);
            Assert.All(found, c => Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"n{c.Index * 10:D8}"), c.WordNetId));
            winners.Add(found[0].Index);
        }

        Assert.True(winners.Count > 1, "pictures that all show the same class prove little");
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1001, -1)]
    public void A_background_class_is_neither_named_nor_counted_whether_or_not_the_names_have_it(int names, int from)
    {
        using SmallClassifier small = new(classes: 1001, background: 1);
        using ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(names, from), new ImageNetClassifierOptions { Top = 1000 });

        IReadOnlyList<ClassScore> found = classifier.Classify(File.ReadAllBytes(small.Picture("a.png", 2)), Cancellation);

        AssertSame(Best(small.Logits(2)[1..], 1000), found);
        Assert.Equal(1, found.Sum(c => (double)c.Probability), 1e-5);
        Assert.Equal(1000, classifier.Classes.Count);
    }

    [Fact]
    public async Task Many_images_come_in_order_and_those_that_cannot_be_read_keep_their_place()
    {
        using SmallClassifier small = new(classes: 12);
        using ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(12), new ImageNetClassifierOptions { Top = 3, Workers = 4 });
        string[] pictures = [.. Enumerable.Range(0, 30).Select(seed => small.Picture(string.Create(CultureInfo.InvariantCulture, $"{seed}.png"), seed))];
        pictures[7] = small.Folder.Write("no.png", "hello"u8.ToArray());
        pictures[20] = small.Folder.At("missing.png");

        List<ClassifiedImage> found = [];
        await foreach (ClassifiedImage image in classifier.ClassifyAsync(pictures.Select(path => ImageSource.FromFile(path)), Cancellation))
        {
            found.Add(image);
        }

        Assert.Equal(pictures, found.Select(image => image.Name));
        Assert.Equal([7, 20], Enumerable.Range(0, 30).Where(i => !found[i].Succeeded));
        Assert.Equal("does not exist", found[20].Error);
        for (int seed = 0; seed < 30; seed++)
        {
            if (found[seed].Succeeded)
            {
                AssertSame(Best(small.Logits(seed), 3), found[seed].Top!);
                Assert.Equal(classifier.Classify(pictures[seed], Cancellation), found[seed].Top);
            }
        }
    }

    [Fact]
    public void An_image_that_cannot_be_read_is_named()
    {
        using SmallClassifier small = new(classes: 3);
        using ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(3));
        string path = small.Folder.Write("no.png", "hello"u8.ToArray());

        Assert.StartsWith(path, Assert.Throws<ImageRefusedException>(() => classifier.Classify(path, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_it_is_disposed_it_refuses()
    {
        using SmallClassifier small = new(classes: 3);
        ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(3));
        string path = small.Picture("a.png", 1);
        classifier.Dispose();
        classifier.Dispose();

        Assert.Throws<ObjectDisposedException>(() => classifier.Classify(path, Cancellation));
        Assert.Throws<ObjectDisposedException>(() => classifier.ClassifyAsync([], Cancellation));
    }

    [Fact]
    public async Task Disposed_in_the_midst_of_a_batch_it_finishes_the_batch()
    {
        using SmallClassifier small = new(classes: 3);
        ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(3), new ImageNetClassifierOptions { Workers = 4 });
        string path = small.Picture("a.png", 1);

        int classified = 0;
        await foreach (ClassifiedImage image in classifier.ClassifyAsync(Enumerable.Repeat(ImageSource.FromFile(path), 200), Cancellation))
        {
            Assert.True(image.Succeeded);
            classified++;
            classifier.Dispose();
        }

        Assert.Equal(200, classified);
        Assert.Throws<ObjectDisposedException>(() => classifier.Classify(path, Cancellation));
    }

    [Fact]
    public async Task A_backbone_without_a_classifier_says_so_before_any_names_are_asked_for()
    {
        using SmallClassifier small = new(change: card => card with { Outputs = card.Outputs with { Logits = null } });

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(
            () => ImageNetClassifier.OpenAsync(small.Onnx, new ClassIndexFile(small.Folder.Path), cancellationToken: Cancellation));

        Assert.Equal(
            "The backbone small has no classifier: take weights that come with theirs, such as inception-v3.", refused.Message);
        Assert.Equal((BackboneErrorReason.NoClassifier, "inception-v3"), (refused.Reason, refused.PublishedName));
    }

    [Theory]
    [InlineData(1008, 1000)]
    [InlineData(1000, 1001)]
    [InlineData(1000, 0)]
    public void Names_of_other_classes_are_refused(int classes, int names)
    {
        using SmallClassifier small = new(classes);

        BackboneException refused = Assert.Throws<BackboneException>(() => ImageNetClassifier.Open(small.Onnx, Names(names)));

        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"The backbone small tells {classes} classes and {names} names are given: give a file with a line for each of its own."),
            refused.Message);
    }

    [Fact]
    public void A_card_that_does_not_fit_its_network_is_refused()
    {
        using SmallClassifier small = new(classes: 10, change: card => card with
        {
            Outputs = card.Outputs with { Logits = card.Outputs.Logits! with { Classes = 11 } },
        });
        string picture = small.Picture("a.png", 1);

        string message = Assert.ThrowsAny<Exception>(() =>
        {
            using ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(11));
            classifier.Classify(picture, Cancellation);
        }) switch
        {
            BackboneException refused => refused.Message,
            ModelFormatException refused => refused.Message,
            Exception other => throw other,
        };

        Assert.StartsWith("The backbone ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "computes no tensor 'nothing'")]
    [InlineData("features", "one tensor 'features'")]
    public void A_classifier_that_is_not_where_the_card_says_is_refused(string tensor, string said)
    {
        using SmallClassifier small = new(classes: 10, change: card => card with
        {
            Outputs = card.Outputs with { Logits = card.Outputs.Logits! with { Tensor = tensor } },
        });

        Assert.Contains(said, Assert.Throws<BackboneException>(() => ImageNetClassifier.Open(small.Onnx, Names(10))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_refused()
    {
        using SmallClassifier small = new(classes: 10, change: card => card with { Input = card.Input with { Scale = [1e38, 1e38, 1e38] } });
        using ImageNetClassifier classifier = ImageNetClassifier.Open(small.Onnx, Names(10));
        string path = small.Picture("a.png", 1);

        Assert.Contains("not finite", Assert.Throws<BackboneException>(() => classifier.Classify(path, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal("The backbone nowhere.onnx is no file that exists.", Assert.Throws<BackboneException>(() => ImageNetClassifier.Open("nowhere.onnx", [])).Message);

    [Fact]
    public void Features_do_not_depend_on_whether_the_classifier_is_kept()
    {
        using SmallClassifier small = new();
        using SmallClassifier without = new(change: card => card with { Outputs = card.Outputs with { Logits = null } });

        Assert.Equal(Backbone.Open(without.Onnx).Digest, Backbone.Open(small.Onnx).Digest);
    }
}

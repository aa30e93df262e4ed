using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

public sealed class ImageScorerTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int[] Bits(ScoredImage image) => [.. image.Scores.Values.Select(BitConverter.SingleToInt32Bits)];

    [Fact]
    public async Task A_path_bytes_a_stream_and_a_batch_give_the_same_bits()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string path = TrainedDemo.TestImages[0];
        byte[] bytes = await File.ReadAllBytesAsync(path, Stop);
        await using FileStream stream = File.OpenRead(path);

        int[] expected = Bits(scorer.Score(path, Stop));
        IReadOnlyList<ScoringResult> batch = await scorer.ScoreBatchAsync(
            [ImageSource.FromFile(path), ImageSource.FromBytes(bytes), ImageSource.FromStream(() => new MemoryStream(bytes))], Stop);

        Assert.Equal(expected, Bits(scorer.Score(bytes, Stop)));
        Assert.Equal(expected, Bits(scorer.Score(stream, Stop)));
        Assert.All(batch, result => Assert.Equal(expected, Bits(result.Image!)));
    }

    [Fact]
    public void Many_threads_at_once_give_the_same_bits_as_one()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string[] images = TrainedDemo.TestImages[..40];
        int[][] expected = [.. images.Select(i => Bits(scorer.Score(i, Stop)))];

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop }, i =>
            Assert.Equal(expected[i % images.Length], Bits(scorer.Score(images[i % images.Length], Stop))));
    }

    [Fact]
    public void Probabilities_go_by_label_name_and_sum_to_one()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);

        ScoredImage image = scorer.Score(TrainedDemo.TestImages[0], Stop);

        Assert.Equal(scorer.Labels, image.Scores.Keys);
        Assert.Equal(1, image.Scores.Values.Sum(), 1e-5f);
        Assert.Equal(image.Probability, image.Scores[image.Label]);
        Assert.Equal(image.Label, image.Top(2)[0].Key);
        Assert.False(image.Scores.ContainsKey("no such label"));
    }

    [Fact]
    public async Task A_batch_keeps_its_order_and_names_what_it_could_not_read()
    {
        using TemporaryFolder folder = new();
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string image = TrainedDemo.TestImages[0];
        string truncated = folder.Write("cut.jpg", (await File.ReadAllBytesAsync(image, Stop))[..900]);
        string text = folder.Write("notes.jpg", "no image"u8.ToArray());

        IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync(
            [
                ImageSource.FromFile(truncated, "cut"), ImageSource.FromFile(image, "whole"), ImageSource.FromFile(text, "text"),
                ImageSource.FromFile(folder.At("none.jpg"), "none"), ImageSource.FromFile(folder.Path, "folder"), ImageSource.Unusable("bad", "is bad"),
            ],
            Stop);

        Assert.Equal(["cut", "whole", "text", "none", "folder", "bad"], results.Select(r => r.Name));
        Assert.Equal([false, true, false, false, false, false], results.Select(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.NotEmpty(r.Error!));
        Assert.Equal("does not exist", results[3].Error);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are none there");
        using TemporaryFolder folder = new();
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string pipe = folder.At("pipe.jpg");
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(Stop);
        }

        IReadOnlyList<ScoringResult> batch = await scorer.ScoreBatchAsync([ImageSource.FromFile(pipe), ImageSource.FromFile(folder.Write("empty.jpg", []))], Stop);

        Assert.Equal("is not a regular file", batch[0].Error);
        Assert.StartsWith("is empty (0 bytes)", batch[1].Error, StringComparison.Ordinal);
        Assert.Contains("is not a regular file", Assert.Throws<ImageRefusedException>(() => scorer.Score(pipe, Stop)).Message, StringComparison.Ordinal);
        Assert.Contains("is a pipe or a device", Assert.Throws<ModelFormatException>(() => ImageScorer.Open(pipe)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_image_that_cannot_be_read_is_an_exception_that_names_it()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);

        Assert.StartsWith("/no/such.jpg ", Assert.Throws<ImageRefusedException>(() => scorer.Score("/no/such.jpg", Stop)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The image ", Assert.Throws<ImageRefusedException>(() => scorer.Score(Array.Empty<byte>(), Stop)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canceled_call_stops()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => scorer.Score(TrainedDemo.TestImages[0], canceled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await scorer.ScoreBatchAsync([ImageSource.FromFile(TrainedDemo.TestImages[0])], canceled.Token));
    }

    [Fact]
    public void A_disposed_scorer_says_so()
    {
        ImageScorer scorer = ImageScorer.Open(demo.Model);
        scorer.Dispose();
        scorer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scorer.Score(TrainedDemo.TestImages[0], Stop));
    }

    [Fact]
    public void Disposing_while_others_score_lets_them_finish_and_refuses_the_next()
    {
        ImageScorer scorer = ImageScorer.Open(demo.Model);
        byte[] image = File.ReadAllBytes(TrainedDemo.TestImages[0]);
        using Barrier started = new(5);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            started.SignalAndWait(Stop);
            try
            {
                while (true)
                {
                    scorer.Score(image, Stop);
                }
            }
            catch (ObjectDisposedException)
            {
                // The only way out.
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        started.SignalAndWait(Stop);
        scorer.Score(image, Stop);
        scorer.Dispose();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.Throws<ObjectDisposedException>(() => scorer.Score(image, Stop));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_opened_is_a_result_like_any_other()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);

        IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync(
            [ImageSource.FromStream(() => throw new UnauthorizedAccessException("no")), ImageSource.FromFile(TrainedDemo.TestImages[0])], Stop);

        Assert.Equal([false, true], results.Select(r => r.Succeeded));
    }

    [Fact]
    public async Task A_stream_that_was_canceled_by_itself_keeps_its_place()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ImageSource image = ImageSource.FromFile(TrainedDemo.TestImages[0], "whole");

        IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync(
            [
                image,
                ImageSource.FromStream(() => throw new TaskCanceledException("the server took too long"), "unopened"),
                ImageSource.FromStream(() => new EndlessStream(_ => throw new OperationCanceledException("the connection was closed")), "broken off"),
                ImageSource.FromStream(() => null!, "none"),
                image,
            ],
            Stop);

        Assert.Equal(["whole", "unopened", "broken off", "none", "whole"], results.Select(r => r.Name));
        Assert.Equal(
            [null, "cannot be read: the server took too long", "cannot be read: the connection was closed", "cannot be read: its source opened no stream", null],
            results.Select(r => r.Error));
    }

    [Fact]
    public async Task Results_that_are_being_read_when_the_scorer_is_disposed_are_all_given()
    {
        ImageScorer scorer = ImageScorer.Open(demo.Model, new ImageScorerOptions { Workers = 1 });
        ImageSource[] images = [.. TrainedDemo.TestImages[..12].Select(path => ImageSource.FromFile(path))];
        IAsyncEnumerable<ScoringResult> later = scorer.ScoreAsync(images, Stop);
        List<ScoringResult> results = [];
        await foreach (ScoringResult result in scorer.ScoreAsync(images.ToAsyncEnumerable(), Stop))
        {
            results.Add(result);
            scorer.Dispose();
        }

        Assert.Equal(images.Select(image => image.Name), results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.True(scorer.Network.IsReleased);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await later.CountAsync(Stop));
    }

    [Fact]
    public async Task A_model_that_gives_no_numbers_has_failed_and_not_the_image()
    {
        using TemporaryFolder folder = new();
        string path = OverflowingModel.Write(demo.Model, folder.At("model.zip"));
        using ImageScorer scorer = ImageScorer.Open(path);
        byte[] image = await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], Stop);

        string message = Assert.Throws<ModelFormatException>(() => scorer.Score(image, Stop)).Message;
        Assert.StartsWith($"{path} gives probabilities that are not numbers: ", message, StringComparison.Ordinal);
        Assert.Throws<ModelFormatException>(() => scorer.WarmUp(Stop));
        await Assert.ThrowsAsync<ModelFormatException>(() => scorer.ScoreBatchAsync([ImageSource.FromFile(TrainedDemo.TestImages[0])], Stop));
        await Assert.ThrowsAsync<ModelFormatException>(() => scorer.ScoreBatchAsync([ImageSource.FromStream(() => new MemoryStream(image))], Stop));
    }

    [Fact]
    public async Task A_batch_with_a_null_in_it_is_refused()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);

        await Assert.ThrowsAsync<ArgumentException>(() => scorer.ScoreBatchAsync([ImageSource.FromFile(TrainedDemo.TestImages[0]), null!], Stop));
    }

    [Fact]
    public void The_session_can_be_configured_by_the_application()
    {
        bool asked = false;
        using ImageScorer scorer = ImageScorer.Open(demo.Model, new ImageScorerOptions { ConfigureSession = _ => asked = true });

        Assert.True(asked);
    }
}

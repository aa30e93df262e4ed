using System.Net;
using System.Text;
using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>What is answered to requests that are not well formed, ask for too much or have no key.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class RefusedRequestTests(TrainedDemo demo)
{
    private static byte[] Image(int index) => File.ReadAllBytes(TrainedDemo.TestImages[index]);

    private Task<ScoringApp> StartAsync(Action<ImageScoringOptions>? configure = null) => ScoringApp.StartAsync(o =>
    {
        o.FromFile(demo.Model);
        configure?.Invoke(o);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("video/mp4")]
    public async Task Other_content_types_are_415(string? type)
    {
        await using ScoringApp app = await StartAsync();

        await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Raw(Image(0), type)), 415);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"images":[]}""")]
    [InlineData("""{"images":{}}""")]
    [InlineData("""{"images":[1]}""")]
    [InlineData("""{"images":[{"name":"a"}]}""")]
    [InlineData("""{"images":[{"name":1,"base64":""}]}""")]
    [InlineData("""{"images":[{"name":"a","base64":1}]}""")]
    [InlineData("""{"images":[{"name":"\ud800","base64":""}]}""")]
    [InlineData("""{"images":[{"name":"a","base64":""}]} more""")]
    [InlineData("")]
    public async Task Malformed_json_is_400(string json)
    {
        await using ScoringApp app = await StartAsync();

        await ScoringApp.ProblemAsync(await app.PostAsync(new StringContent(json, Encoding.UTF8, "application/json")), 400);
    }

    [Fact]
    public async Task A_name_is_no_way_to_fill_the_memory_or_the_answer()
    {
        await using ScoringApp app = await StartAsync();
        string longest = new('<', 1024);
        string image = Convert.ToBase64String(Image(0));
        HttpContent Json(string name, string property = "more") =>
            new StringContent($$"""{"images":[{"name":"{{name}}","{{property}}":1,"base64":"{{image}}"}]}""", Encoding.UTF8, "application/json");

        JsonElement fits = Assert.Single(await ScoringApp.ResultsAsync(await app.PostAsync(Json(longest))));
        JsonElement problem = await ScoringApp.ProblemAsync(await app.PostAsync(Json(longest + "<")), 400);
        Assert.Single(await ScoringApp.ResultsAsync(await app.PostAsync(Json("a", new string('p', 100_000)))));

        Assert.Equal(longest, fits.GetProperty("name").GetString());
        Assert.Contains("image 1 has a name of more than 1,024 bytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("identity", 200)]
    public async Task A_compressed_body_is_told_and_not_taken_for_a_damaged_image(string encoding, int status)
    {
        await using ScoringApp app = await StartAsync();
        HttpContent image = ScoringApp.Raw(Image(0), "image/jpeg");
        image.Headers.ContentEncoding.Add(encoding);

        Assert.Equal(status, (int)(await app.PostAsync(image)).StatusCode);
    }

    [Fact]
    public async Task Json_nested_without_end_is_400()
    {
        await using ScoringApp app = await StartAsync();

        string json = "{\"images\":" + new string('[', 100_000);
        await ScoringApp.ProblemAsync(await app.PostAsync(new StringContent(json, Encoding.UTF8, "application/json")), 400);
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("multipart/form-data; boundary=x", "no boundary at all")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a; filename=a.jpg\r\n\r\ncut")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken header\r\n\r\nbytes\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=note\r\n\r\na field, no file\r\n--x--")]
    public async Task Malformed_multipart_is_400(string type, string body)
    {
        await using ScoringApp app = await StartAsync();

        await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Raw(Encoding.ASCII.GetBytes(body), type)), 400);
    }

    [Theory]
    [InlineData("?top=0")]
    [InlineData("?top=-1")]
    [InlineData("?top=many")]
    [InlineData("?top=")]
    [InlineData("?top=99999999999999999999")]
    [InlineData("?top=1&top=2")]
    [InlineData("?explain=perhaps")]
    public async Task A_wrong_query_is_400(string query)
    {
        await using ScoringApp app = await StartAsync();

        await ScoringApp.ProblemAsync(await app.PostAsync(Image(0), query: query), 400);
    }

    [Fact]
    public async Task Too_much_is_413()
    {
        await using ScoringApp app = await StartAsync(o => (o.MaxImageBytes, o.MaxRequestBytes, o.MaxImages, o.MaxPixels) = (60_000, 200_000, 3, 1_000_000));
        (string, byte[]) part = ("a.jpg", Image(0));
        HttpRequestMessage unsized = new(HttpMethod.Post, "/score") { Content = ScoringApp.Raw(new byte[60_001], "image/png") };
        unsized.Headers.TransferEncodingChunked = true;

        await ScoringApp.ProblemAsync(await app.PostAsync(new byte[60_001]), 413);
        await ScoringApp.ProblemAsync(await app.Client.SendAsync(unsized, TestContext.Current.CancellationToken), 413);
        await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form(("one.jpg", new byte[60_001]))), 413);
        await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form([.. Enumerable.Range(0, 5).Select(i => ($"{i}", new byte[40_000]))])), 413);
        await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form(part, part, part, part)), 413);
        await ScoringApp.ProblemAsync(await app.PostAsync(Encoded.BitmapHeader(4_000, 4_000), "image/bmp"), 413);
        Assert.Equal(3, (await ScoringApp.ResultsAsync(await app.PostAsync(ScoringApp.Form(part, part, part)))).Length);
        Assert.Equal((0, 0L), (app.Scorer.Waiting, app.Scorer.HeldBytes));
    }

    [Fact]
    public async Task A_key_is_asked_for_where_one_is_set()
    {
        await using ScoringApp app = await StartAsync(o => o.ApiKey = "correct-horse");

        async Task<HttpStatusCode> AskAsync(params (string Name, string Value)[] headers)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/score") { Content = ScoringApp.Raw(Image(0), "image/jpeg") };
            foreach ((string name, string value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }

        await ScoringApp.ProblemAsync(await app.PostAsync(Image(0)), 401);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(("X-Api-Key", "correct-horse")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(("Authorization", "Bearer correct-horse")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(("X-Api-Key", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(("Authorization", "Basic correct-horse")));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }
}

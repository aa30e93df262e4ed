using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>The page as files over HTTP.</summary>
[Collection(SharedModelCollection.Name)]
public sealed partial class PageFilesTests(TrainedDemo demo)
{
    public static TheoryData<string, string> Files => new()
    {
        { "", "text/html" },
        { "page/page.css", "text/css" },
        { "page/page.js", "text/javascript" },
        { "page/service.js", "text/javascript" },
        { "page/turns.js", "text/javascript" },
        { "page/card.js", "text/javascript" },
        { "page/camera.js", "text/javascript" },
        { "page/csv.js", "text/javascript" },
        { "page/icon.svg", "image/svg+xml" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_served_once_and_held_to_its_own_kind(string address, string type)
    {
        await using ScoringApp app = await StartAsync();

        using HttpResponseMessage response = await GetAsync(app, address);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoCache);

        using HttpRequestMessage again = new(HttpMethod.Get, $"/{address}");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage unchanged = await app.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using HttpRequestMessage other = new(HttpMethod.Get, $"/{address}");
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""));
        using HttpResponseMessage changed = await app.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task No_file_refers_to_anything_elsewhere_or_makes_markup_of_text()
    {
        await using ScoringApp app = await StartAsync();

        foreach (string address in Files.Select(f => f.Data.Item1))
        {
            string text = await app.Client.GetStringAsync($"/{address}", TestContext.Current.CancellationToken);

            Assert.DoesNotMatch(Elsewhere(), text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
            Assert.DoesNotMatch(Markup(), text);
        }
    }

    [Fact]
    public async Task All_that_the_page_and_its_modules_name_is_there()
    {
        await using ScoringApp app = await StartAsync();
        string[] known = [.. Files.Select(f => f.Data.Item1)];

        string index = await app.Client.GetStringAsync("/", TestContext.Current.CancellationToken);
        string[] named = [.. Reference().Matches(index).Select(m => m.Groups[1].Value)];
        Assert.Equal(["page/icon.svg", "page/page.css", "page/page.js"], named);
        foreach (string module in known.Where(k => k.EndsWith(".js", StringComparison.Ordinal)))
        {
            string text = await app.Client.GetStringAsync($"/{module}", TestContext.Current.CancellationToken);
            Assert.All(Import().Matches(text), m => Assert.Contains("page/" + m.Groups[1].Value, known));
        }
    }

    [Fact]
    public async Task The_page_works_below_another_address_and_finds_its_scorer()
    {
        await using ScoringApp app = await StartAsync(pattern: "/tools/try");

        using HttpResponseMessage page = await GetAsync(app, "tools/try?a=1");
        JsonElement settings = await SettingsAsync(app, "tools/try/page/settings.json");

        Assert.Equal("/tools/try/", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("?a=1", page.RequestMessage.RequestUri.Query);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("../../score", settings.GetProperty("score").GetString());
    }

    [Fact]
    public async Task Its_settings_name_the_model_and_are_never_kept()
    {
        await using ScoringApp app = await StartAsync(o => o.MaxImageBytes = 12_345);

        using HttpResponseMessage response = await GetAsync(app, "page/settings.json");
        JsonElement settings = await ScoringApp.JsonAsync(response);

        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("score", settings.GetProperty("score").GetString());
        Assert.False(settings.GetProperty("asksForKey").GetBoolean());
        Assert.Equal(12_345, settings.GetProperty("maxImageBytes").GetInt32());
        Assert.Equal(ScoringApp.Name, settings.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(app.Scorer.ModelVersion, settings.GetProperty("model").GetProperty("version").GetString());
    }

    [Fact]
    public async Task Whoever_has_no_key_is_not_told_the_model()
    {
        await using ScoringApp app = await StartAsync(o => o.ApiKey = "a long enough key".Replace(' ', '-'));

        JsonElement settings = await SettingsAsync(app, "page/settings.json");

        Assert.True(settings.GetProperty("asksForKey").GetBoolean());
        Assert.Equal(JsonValueKind.Null, settings.GetProperty("model").ValueKind);
    }

    [Fact]
    public async Task The_page_is_no_part_of_the_interface_for_programs()
    {
        await using ScoringApp app = await StartAsync();

        JsonElement document = await SettingsAsync(app, "openapi/v1.json");

        Assert.DoesNotContain(document.GetProperty("paths").EnumerateObject(), p => p.Name == "/" || p.Name.Contains("page", StringComparison.Ordinal));
    }

    private Task<ScoringApp> StartAsync(Action<ImageScoringOptions>? configure = null, string pattern = "/") => ScoringApp.StartAsync(
        o =>
        {
            o.FromFile(demo.Model);
            configure?.Invoke(o);
        },
        pipeline: (web, _) => web.MapImageScoringPage(pattern));

    private static Task<HttpResponseMessage> GetAsync(ScoringApp app, string address) =>
        app.Client.GetAsync(new Uri($"/{address}", UriKind.Relative), TestContext.Current.CancellationToken);

    private static async Task<JsonElement> SettingsAsync(ScoringApp app, string address)
    {
        using HttpResponseMessage response = await GetAsync(app, address);
        return await ScoringApp.JsonAsync(response);
    }

    [GeneratedRegex(@"https?:|//[a-z0-9-]+\.[a-z]|@import|\burl\(")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(
        @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|<script>|<style|\sstyle=|\son[a-z]+=""|javascript:",
        RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("from \"\\./([^\"]+)\"")]
    private static partial Regex Import();
}

using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>The document that clients are generated from.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class OpenApiTests(TrainedDemo demo)
{
    [Fact]
    public async Task The_document_names_every_form_answer_and_problem()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));

        using HttpResponseMessage response = await app.Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        JsonElement document = await ScoringApp.JsonAsync(response);
        JsonElement post = document.GetProperty("paths").GetProperty("/score").GetProperty("post");

        Assert.Equal("ScoreImages", post.GetProperty("operationId").GetString());
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(["top", "explain"], post.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(
            ["multipart/form-data", "image/*", "application/octet-stream"],
            post.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["200", "400", "401", "408", "413", "415", "422", "500", "503"],
            post.GetProperty("responses").EnumerateObject().Select(p => p.Name).Order());
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        JsonElement scored = schemas.GetProperty("ImageResult");
        Assert.Equal(
            ["name", "label", "probability", "outcome", "set", "scores", "explanation", "error"], scored.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        JsonElement outcomes = scored.GetProperty("properties").GetProperty("outcome").GetProperty("enum");
        Assert.Equal(["accepted", "uncertain", "unknown"], outcomes.EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(["model", "results", "requestId"], schemas.GetProperty("ImageScores").GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.All(References(document), reference => Assert.True(schemas.TryGetProperty(reference.Split('/')[^1], out _), reference));
    }

    [Fact]
    public async Task The_document_tells_where_the_key_goes_and_when_to_come_again()
    {
        await using ScoringApp open = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));
        await using ScoringApp keyed = await ScoringApp.StartAsync(o =>
        {
            o.FromFile(demo.Model);
            o.ApiKey = "correct-horse";
        });

        JsonElement without = await ScoringApp.JsonAsync(await open.Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        JsonElement with = await ScoringApp.JsonAsync(await keyed.Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        JsonElement post = with.GetProperty("paths").GetProperty("/score").GetProperty("post");
        JsonElement schemes = with.GetProperty("components").GetProperty("securitySchemes");

        Assert.False(without.GetProperty("components").TryGetProperty("securitySchemes", out _));
        Assert.False(without.GetProperty("paths").GetProperty("/score").GetProperty("post").TryGetProperty("security", out _));
        Assert.Equal(["apiKey", "bearer"], post.GetProperty("security").EnumerateArray().Select(either => Assert.Single(either.EnumerateObject()).Name));
        Assert.Equal("X-Api-Key", schemes.GetProperty("apiKey").GetProperty("name").GetString());
        Assert.Equal(("header", "bearer"), (schemes.GetProperty("apiKey").GetProperty("in").GetString(), schemes.GetProperty("bearer").GetProperty("scheme").GetString()));
        Assert.True(post.GetProperty("responses").GetProperty("503").GetProperty("headers").TryGetProperty("Retry-After", out _));
    }

    [Theory]
    [InlineData(true, "https://shop.example/defects")]
    [InlineData(false, null)]
    public async Task The_document_names_the_address_that_a_trusted_proxy_was_asked_at(bool trusts, string? expected)
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model),
            pipeline: (web, _) =>
            {
                if (trusts)
                {
                    web.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
                }
            });
        app.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        app.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "shop.example");
        app.Client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/defects");

        JsonElement document = await ScoringApp.JsonAsync(await app.Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken));

        Assert.Equal(
            expected ?? app.Client.BaseAddress!.ToString().TrimEnd('/'),
            Assert.Single(document.GetProperty("servers").EnumerateArray()).GetProperty("url").GetString()!.TrimEnd('/'));
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.NameEquals("$ref") ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}

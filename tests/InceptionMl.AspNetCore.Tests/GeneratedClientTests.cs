using System.Reflection;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>A client that NSwag makes of the OpenAPI document, compiled and used.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class GeneratedClientTests(TrainedDemo demo)
{
    // What a person writes against the client: the compiler holds the names and nullabilities to the document.
    private const string Use = """
        #nullable enable
        using System.IO;
        using System.Net.Http;
        using System.Threading.Tasks;
        using Generated;

        public static class Use
        {
            public static async Task<string[]> ScoreAsync(HttpClient http, byte[] image)
            {
                ScoringClient client = new(http) { BaseUrl = http.BaseAddress!.ToString() };
                ImageScores scores = await client.ScoreImagesAsync(
                    top: 2, explain: true, [new FileParameter(new MemoryStream(image), "one.jpg"), new FileParameter(new MemoryStream([1, 2, 3]), "two.png")]);
                string[] told = new string[2];
                int i = 0;
                foreach (ImageResult result in scores.Results)
                {
                    string? label = result.Label;
                    float? probability = result.Probability;
                    ImageResultOutcome? outcome = result.Outcome;
                    string? error = result.Error;
                    ImageExplanation? explanation = result.Explanation;
                    told[i++] = $"{result.Name}|{label}|{probability > 0}|{outcome}|{result.Scores?.Count}|{explanation?.Overlay.Length > 0}|{error is not null}";
                }

                return told;
            }

            public static async Task<string> RefusedAsync(HttpClient http)
            {
                ScoringClient client = new(http) { BaseUrl = http.BaseAddress!.ToString() };
                try
                {
                    await client.ScoreImagesAsync(top: null, explain: null, [new FileParameter(new MemoryStream([1, 2, 3]), "two.png")]);
                    return "";
                }
                catch (ApiException<ScoringProblem> refused)
                {
                    return $"{refused.StatusCode}|{refused.Result.Part}";
                }
            }
        }
        """;

    [Fact]
    public async Task A_client_made_by_NSwag_compiles_scores_and_tells_refusals()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));
        byte[] image = await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken);
        Type use = CompiledSource.Load(await GenerateAsync(app), Use).GetType("Use")!;

        string[] told = await CallAsync<string[]>(use, "ScoreAsync", app.Client, image);
        string refused = await CallAsync<string>(use, "RefusedAsync", app.Client);

        Assert.Equal(["one.jpg|bolt|True|Accepted|2|True|False", "two.png||False|||False|True"], told);
        Assert.Equal("422|two.png", refused);
    }

    [Fact]
    public async Task Several_endpoints_of_one_document_have_names_of_their_own()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model),
            services => services.AddImageScorer("second", o => o.FromFile(demo.Model)),
            (web, _) => web.MapImageScoring("/shop/score", "second"),
            defaultName: ScoringApp.Name);

        string client = await GenerateAsync(app);

        Assert.Contains("Task<ImageScores> ScoreImagesAsync(", client, StringComparison.Ordinal);
        Assert.Contains("Task<ImageScores> ScoreImagesAtShopScoreAsync(", client, StringComparison.Ordinal);
        CompiledSource.Load(client);
    }

    private static async Task<string> GenerateAsync(ScoringApp app)
    {
        OpenApiDocument document = await OpenApiDocument.FromJsonAsync(
            await app.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        CSharpClientGeneratorSettings settings = new() { ClassName = "ScoringClient" };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Task<T> CallAsync<T>(Type use, string method, params object[] arguments) =>
        (Task<T>)use.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, arguments)!;
}

using InceptionMl.AspNetCore;
using Microsoft.Extensions.Options;

const string Scorer = "pictures";

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (builder.Configuration["Model"] is not { Length: > 0 } model)
{
    Console.Error.WriteLine("The setting Model is missing: give it a model zip, or a registry's folder.");
    return 1;
}

builder.Services.AddImageScorer(Scorer, options =>
{
    if (Directory.Exists(model))
    {
        options.FromRegistry(model);
    }
    else
    {
        options.FromFile(model);
    }
});
builder.Services.AddOptions<ImageScoringOptions>(Scorer).BindConfiguration("Scoring");
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi();

WebApplication app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapImageScoring("/score");
app.MapImageScoringPage();
app.MapImageScoringHealth();
app.MapOpenApi();
try
{
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is ImageScorerStartException or OptionsValidationException or InvalidOperationException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

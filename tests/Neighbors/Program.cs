using InceptionMl.AspNetCore;
using InceptionMl.Backbones;
using InceptionMl.Training.Datasets;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddImageScorer("model", options => options.FromFile("model.zip"));
builder.Services.AddOpenApi();
builder.Services.AddSwaggerGen();

WebApplication app = builder.Build();
app.MapImageScoring("/score");
app.MapOpenApi();
if (args is [string manifest])
{
    Console.WriteLine(string.Join(' ', ImageDataset.Open(manifest).Classes));
    return;
}

Console.WriteLine($"{typeof(HostedImageScorer).Assembly.GetName().Name} {Backbone.Embedded().Card.Name}");

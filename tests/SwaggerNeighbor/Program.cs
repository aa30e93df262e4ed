WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.Services.AddImageScorer("model", options => options.FromFile(args[0]));
builder.Services.AddEndpointsApiExplorer();
builder.Services.AddSwaggerGen();

WebApplication app = builder.Build();
app.Urls.Add("http://127.0.0.1:0");
app.MapImageScoring("/score");
app.UseSwagger();
await app.StartAsync();

using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
Console.WriteLine(await client.GetStringAsync("/swagger/v1/swagger.json"));
using ByteArrayContent image = new(await File.ReadAllBytesAsync(args[1]));
image.Headers.ContentType = new("image/jpeg");
using HttpResponseMessage answer = await client.PostAsync("/score", image);
Console.WriteLine(await answer.Content.ReadAsStringAsync());

using System.Net;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>The framework's own middleware on the endpoint.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class FrameworkTests(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    [Fact]
    public async Task A_rate_limit_is_the_frameworks()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model),
            services => services.AddRateLimiter(limiter =>
            {
                limiter.RejectionStatusCode = (int)HttpStatusCode.TooManyRequests;
                limiter.AddFixedWindowLimiter("each", window => (window.PermitLimit, window.Window) = (2, TimeSpan.FromHours(1)));
            }),
            (web, endpoint) =>
            {
                web.UseRateLimiter();
                endpoint.RequireRateLimiting("each");
            });

        HttpStatusCode[] statuses = [(await app.PostAsync(Image)).StatusCode, (await app.PostAsync(Image)).StatusCode, (await app.PostAsync(Image)).StatusCode];

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Cross_origin_requests_are_the_frameworks()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model),
            services => services.AddCors(cors => cors.AddPolicy("shop", policy => policy.WithOrigins("https://shop.example").WithMethods("POST"))),
            (web, endpoint) =>
            {
                web.UseCors();
                endpoint.RequireCors("shop");
            });
        app.Client.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        using HttpResponseMessage response = await app.PostAsync(Image);

        Assert.Equal("https://shop.example", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }
}

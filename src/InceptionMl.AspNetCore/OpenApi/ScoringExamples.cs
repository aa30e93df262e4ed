namespace InceptionMl.AspNetCore.OpenApi;

/// <summary>What the OpenAPI document shows as examples.</summary>
internal static class ScoringExamples
{
    /// <summary>A request with one image: a PNG file of one pixel.</summary>
    public const string Request = """
        {"images":[{"name":"one.png","base64":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="}]}
        """;

    public const string Answer = """
        {
          "model": {"name": "defects", "version": "0007"},
          "results": [
            {"name": "one.jpg", "label": "scratch", "probability": 0.97, "outcome": "accepted", "scores": {"scratch": 0.97, "dent": 0.02, "none": 0.01}},
            {"name": "two.png", "error": "is a PNG file that ends before its picture does: copy it again from its source"}
          ],
          "requestId": "0HNQ9F1KJ7BU9:00000001"
        }
        """;

    public const string Problem = """
        {
          "type": "https://tools.ietf.org/html/rfc4918#section-11.2",
          "title": "Unprocessable Entity",
          "status": 422,
          "detail": "two.png is a PNG file that ends before its picture does: copy it again from its source.",
          "requestId": "0HNQ9F1KJ7BU9:00000002",
          "part": "two.png"
        }
        """;
}

using System.Text;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Models.Registry;

public sealed class PromotionLinesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_written_as_every_version_wrote_them()
    {
        byte[] lines = PromotionLines.Write(
        [
            new Promotion("0001", null, new DateTimeOffset(2026, 7, 29, 10, 20, 30, TimeSpan.FromHours(2)), "first \"ü\"", false),
            new Promotion("0002", "0001", new DateTimeOffset(2026, 7, 30, 0, 0, 0, 250, TimeSpan.Zero), "better", true),
        ]);

        Assert.Equal(
            """
            {"version":"0001","from":null,"time":"2026-07-29T08:20:30Z","reason":"first \u0022\u00FC\u0022","rollback":false}
            {"version":"0002","from":"0001","time":"2026-07-30T00:00:00.25Z","reason":"better","rollback":true}

            """,
            Encoding.UTF8.GetString(lines));
        Assert.Equal(new DateTimeOffset(2026, 7, 29, 8, 20, 30, TimeSpan.Zero), Read(Encoding.UTF8.GetString(lines))[0].Time);
    }

    [Theory]
    [InlineData("""{"version":"0001","from":null,"time":"2026-07-29 08:20","reason":null,"rollback":false,"by":"hand"}""", true)]
    [InlineData("""{ "rollback": true, "reason": "r", "time": "29 July 2026", "from": "0002", "version": "0001" }""", true)]
    [InlineData("""{"version":"0001","from":null,"time":"2026-07-29T08:20:30Z","reason":"r"}""", false)]
    [InlineData("""{"version":"0001","time":"2026-07-29T08:20:30Z","reason":"r","rollback":false}""", false)]
    [InlineData("""{"version":"one","from":null,"time":"2026-07-29T08:20:30Z","reason":"r","rollback":false}""", false)]
    [InlineData("""{"version":null,"from":null,"time":"2026-07-29T08:20:30Z","reason":"r","rollback":false}""", false)]
    [InlineData("""{"version":"0001","from":null,"time":5,"reason":"r","rollback":false}""", false)]
    [InlineData("""{"version":"0001","from":null,"time":"soon","reason":"r","rollback":false}""", false)]
    [InlineData("""{"version":"0001","from":null,"time":"2026-07-29T08:20:30Z","reason":"r","rollback":"no"}""", false)]
    [InlineData("""{"version":"0001","from":null,"time":"2026-07-29T08:20:30Z","reason":"r","rollback":false} {}""", false)]
    [InlineData("null", false)]
    [InlineData("[]", false)]
    [InlineData("{", false)]
    public void Lines_of_a_persons_hand_are_read_or_refused(string line, bool accepted)
    {
        Assert.Equal(accepted ? null : $"{folder.At("promotions.jsonl")}, line 1: this records no promotion; mend the line or remove it.", Record.Exception(() => Read(line))?.Message);
    }

    private IReadOnlyList<Promotion> Read(string lines)
    {
        folder.Write("promotions.jsonl", Encoding.UTF8.GetBytes(lines));
        return PromotionLines.Read(new RegistryFolder(folder.Path));
    }
}

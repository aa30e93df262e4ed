using System.Net.Sockets;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Serving;

/// <summary>Where the tool listens, and what it says where it cannot.</summary>
[Trait("Category", "Slow")]
public sealed class ServeAddressTests(ServedModel service) : IClassFixture<ServedModel>
{
    [Fact]
    public void Where_to_listen_is_what_the_command_line_says_or_the_variables_of_ASP_NET_Core()
    {
        Assert.Equal("http://127.0.0.1:5080", Found([], null));
        Assert.Equal("http://127.0.0.1:81", Found([], 81, ("ASPNETCORE_URLS", "http://localhost:9")));
        Assert.Equal("http://127.0.0.1:82", Found(["http://127.0.0.1:82"], null, ("ASPNETCORE_URLS", "http://localhost:9")));
        Assert.Equal("http://localhost:9 http://*:10", Found([], null, ("ASPNETCORE_URLS", "http://localhost:9;http://*:10"), ("ASPNETCORE_HTTP_PORTS", "8080")));
        Assert.Equal("http://*:8080 http://*:8081", Found([], null, ("ASPNETCORE_HTTP_PORTS", "8080;8081")));
        Assert.Equal("http://*:8080", Found([], null, ("ASPNETCORE_URLS", ""), ("DOTNET_HTTP_PORTS", "8080")));
        Assert.Contains("give one of them", Assert.Throws<UsageException>(() => Found(["http://127.0.0.1:82"], 81)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "https://localhost:9", "'https://localhost:9', which asks for TLS")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:9;http://nohost.invalid:1", "'http://nohost.invalid:1', which names neither")]
    [InlineData("DOTNET_URLS", "8080", "'8080', which is no address")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:0", "'http://localhost:0', which asks for any free port")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "80;x", "'x', which is not a number from 0 to 65535")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "70000", "'70000', which is not a number from 0 to 65535")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "8081", "'8081', which asks for TLS")]
    public void A_variable_that_cannot_be_meant_is_named_and_not_an_option(string variable, string value, string sentence)
    {
        string wrong = Assert.Throws<UsageException>(() => Found([], null, (variable, value))).Message;

        Assert.StartsWith($"The variable {variable} says {sentence}", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("--urls", wrong, StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:81", Found([], 81, (variable, value)));
    }

    [Fact]
    public void Several_addresses_are_given_by_semicolon_or_again() =>
        Assert.Equal(3, ServeAddress.Parse(["http://127.0.0.1:1;http://127.0.0.1:2", "http://127.0.0.1:3"]).Count);

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://192.168.0.7:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://+:5080", false)]
    public void What_only_this_machine_reaches_is_known(string url, bool local) =>
        Assert.Equal((url, local), (Assert.Single(ServeAddress.Parse([url])).Url, ServeAddress.Parse([url])[0].IsLoopback));

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--port", "x")]
    [InlineData("--port", "80", "--urls", "http://127.0.0.1:1")]
    [InlineData("--urls", "http://unix:relative.sock")]
    public async Task A_place_to_listen_that_cannot_be_meant_is_a_mistake_of_usage(params string[] options) =>
        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync(["serve", service.Model, .. options])).Status);

    [Theory]
    [InlineData("http://256.1.1.1:6035", "names neither localhost nor an IP address")]
    [InlineData("http://nohost.invalid:6036", "names neither localhost nor an IP address")]
    [InlineData("http://localhost:0", "give http://127.0.0.1:0")]
    [InlineData(";", "names no address")]
    public async Task An_address_that_cannot_be_meant_is_a_mistake_of_usage(string url, string sentence)
    {
        ToolRun run = await Tool.RunAsync("serve", service.Model, "--urls", url);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_sentence()
    {
        ToolRun run = await Tool.RunAsync("serve", service.Model, "--urls", "http://192.0.2.1:5992");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("Cannot listen on http://192.0.2.1:5992", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        await service.WhileServingAsync(async address =>
        {
            ToolRun second = await Tool.RunAsync("serve", service.Model, "--urls", address);

            Assert.Equal(ExitStatus.Failed, second.Status);
            Assert.Contains("address already in use", Assert.Single(second.Error.Trim().Split('\n')), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_address_that_others_reach_without_a_key_is_warned_of()
    {
        (_, string open) = await service.WhileServingAsync(_ => Task.CompletedTask, url: "http://0.0.0.0:0");
        (_, string keyed) = await service.WhileServingAsync(_ => Task.CompletedTask, key: "correct-horse", url: "http://0.0.0.0:0");

        Assert.Contains("no key is asked for", open, StringComparison.Ordinal);
        Assert.Empty(keyed);
    }

    [Fact]
    public async Task It_listens_on_a_Unix_socket_also_where_a_killed_service_left_its_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an address there is another");
        using TemporaryFolder folder = new();
        string path = folder.At("s.sock");
        using (Socket killed = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, folder.At("left"));
        }

        File.Move(folder.At("left"), path);
        using HttpClient client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        (string output, string error) = await service.WhileServingAsync(
            async _ => Assert.Equal("Healthy", await client.GetStringAsync(new Uri("http://localhost/health/ready"), TestContext.Current.CancellationToken)),
            url: $"http://unix:{path}");

        Assert.Contains(path, output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_socket_is_left_alone()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("notes.txt", []);

        ToolRun run = await Tool.RunAsync("serve", service.Model, "--urls", $"http://unix:{path}");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.True(File.Exists(path));
    }

    private static string Found(string[] urls, int? port, params (string Name, string Value)[] variables) => string.Join(
        ' ', ServeAddress.Find(urls, port, name => variables.FirstOrDefault(v => v.Name == name).Value).Select(a => a.Url));
}

using System.Net.Sockets;

namespace InceptionMl.Cli;

/// <summary>The file of a Unix socket that a killed service left: nobody listens on it, and nobody could again while it is there.</summary>
internal static class StaleSocket
{
    public static void Remove(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // There is none, or it is not one: the server says what is wrong.
        }
    }

    // A file of any other kind refuses connections too, and is somebody's. It can be opened, which a socket cannot.
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenRead(path).Dispose();
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is IOException and not FileNotFoundException and not DirectoryNotFoundException;
        }
    }
}

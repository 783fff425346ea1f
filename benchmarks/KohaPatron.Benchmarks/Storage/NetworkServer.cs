using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.Benchmarks.Storage;

/// <summary>
/// One object in Cloud Storage, behind as little server as there can be: it stands for a network, which would take nothing
/// of the client's processors. The system sends the file itself; its bytes come into no process of this side.
/// </summary>
internal sealed class NetworkServer(StoredObject stored, string file)
{
    /// <summary>Tells its address, and answers one connection after the other until its process is ended.</summary>
    public void Serve(TextWriter tell)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        tell.WriteLine($"http://{listener.LocalEndpoint}");
        while (true)
        {
            // A client keeps several connections, and uses one at a time.
            var connection = listener.AcceptSocket();
            new Thread(() => Answer(connection)).Start();
        }
    }

    private void Answer(Socket connection)
    {
        using var reader = new StreamReader(new NetworkStream(connection, ownsSocket: true), Encoding.ASCII);
        while (reader.ReadLine() is { } request)
        {
            while (reader.ReadLine() is { Length: > 0 })
            {
                // no header changes the answer
            }

            if (request.Contains("alt=media", StringComparison.Ordinal))
                connection.SendFile(file, Head(stored.Length), postBuffer: null, TransmitFileOptions.UseDefaultWorkerThread);
            else
                connection.Send([.. Head(Description.Length), .. Description]);
        }
    }

    private byte[] Description { get; } = Encoding.UTF8.GetBytes(stored.Describe(isReal: true).ToJsonString());

    private static byte[] Head(long length) => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
}

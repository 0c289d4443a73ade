using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Feedback.Commands;

namespace Feedback.Tests.Harness;

/// <summary>An e-mail as the server got it.</summary>
/// <param name="From">Of the envelope.</param>
/// <param name="To">Of the envelope.</param>
/// <param name="Headers">Unfolded, encoded words decoded; by lower-case name.</param>
/// <param name="Text">Decoded.</param>
internal sealed record ReceivedMail(string From, string To, IReadOnlyDictionary<string, string> Headers, string Text);

/// <summary>A mail server on a port of this machine that speaks as much SMTP (RFC 5321) as a client needs to hand in a message.</summary>
internal sealed class MailListener : IDisposable
{
    private readonly ConcurrentQueue<ReceivedMail> _mails = [];
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailListener()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Serve(_listener);
    }

    public int Port { get; }

    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    /// <summary>What RCPT is answered.</summary>
    public string RecipientReply { get; set; } = "250 OK";

    /// <summary>Takes connections and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The port refuses connections from now on.</summary>
    public void GoAway()
    {
        _listener.Stop();
        foreach (var client in _clients) client.Dispose();
    }

    public void ComeBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = Serve(_listener);
    }

    public void Dispose() => GoAway();

    private async Task Serve(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _clients.Add(client);
                if (!IsSilent) _ = Converse(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task Converse(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            var (from, to) = ("", "");
            await writer.WriteLineAsync("220 mail.test ready");
            while (await reader.ReadLineAsync() is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO" or "HELO":
                        await writer.WriteLineAsync("250 mail.test");
                        break;
                    case "MAIL":
                        from = Address(line);
                        await writer.WriteLineAsync("250 OK");
                        break;
                    case "RCPT":
                        to = Address(line);
                        await writer.WriteLineAsync(RecipientReply);
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 Go ahead");
                        _mails.Enqueue(Read(from, to, await Lines(reader)));
                        await writer.WriteLineAsync("250 Taken");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 Bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 OK");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // The client hung up, or the server went away.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static async Task<List<string>> Lines(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line && line != ".") lines.Add(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line);
        return lines;
    }

    private static ReceivedMail Read(string from, string to, List<string> lines)
    {
        var end = lines.IndexOf("");
        var unfolded = string.Join('\n', lines.Take(end)).Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        var headers = unfolded.Select(h => h.Split(": ", 2)).ToDictionary(h => h[0].ToLowerInvariant(), h => Decoded(h[1]));
        var body = string.Join('\n', lines.Skip(end + 1));
        return new ReceivedMail(from, to, headers, headers["content-transfer-encoding"] == "base64" ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : body);
    }

    /// <summary>Encoded words (RFC 2047) in base64, as the product writes them.</summary>
    private static string Decoded(string header) => string.Concat(header.Split("=?utf-8?B?").Select((part, i) =>
        i == 0 ? part : Encoding.UTF8.GetString(Convert.FromBase64String(part[..part.IndexOf("?=", StringComparison.Ordinal)]))));
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Feedback.Notifications;

namespace Feedback.Tests.Harness;

/// <summary>An e-mail as the server got it.</summary>
/// <param name="From">Of the envelope.</param>
/// <param name="To">Of the envelope.</param>
/// <param name="Headers">Unfolded, encoded words decoded; by lower-case name.</param>
/// <param name="Text">Decoded.</param>
internal sealed record ReceivedMail(string From, string To, IReadOnlyDictionary<string, string> Headers, string Text);

/// <summary>A line that the server was sent before and after the message.</summary>
internal sealed record HeardLine(bool Encrypted, string Text);

/// <summary>A mail server on a port of this machine that speaks as much SMTP (RFC 5321) as a client needs to hand in a message.</summary>
internal sealed partial class MailListener : IDisposable
{
    private readonly ConcurrentQueue<ReceivedMail> _mails = [];
    private readonly ConcurrentQueue<HeardLine> _heard = [];
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

    /// <summary>Every line apart from messages.</summary>
    public IReadOnlyList<HeardLine> Heard => [.. _heard];

    /// <summary>How it speaks; with <see cref="MailSecurity.StartTls"/> the extension is offered.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.None;

    /// <summary>Needed where <see cref="Security"/> is not <see cref="MailSecurity.None"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What AUTH PLAIN is answered; null when no sign-in is offered.</summary>
    public string? SignInReply { get; set; }

    /// <summary>What RCPT is answered.</summary>
    public string RecipientReply { get; set; } = "250 OK";

    /// <summary>Takes connections and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Answers everything but the goodbye.</summary>
    public bool IsSilentAtTheEnd { get; set; }

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
        Stream stream = client.GetStream();
        try
        {
            if (Security == MailSecurity.Tls) stream = await Encrypted(stream);
            await Line(stream, "220 mail.test ready");
            if (await Converse(stream)) return;

            // After STARTTLS the two begin anew (RFC 3207, section 4.2).
            stream = await Encrypted(stream);
            await Converse(stream);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or AuthenticationException)
        {
            // The client hung up, or does not trust the certificate, or the server went away.
        }
        finally
        {
            await stream.DisposeAsync();
            client.Dispose();
        }
    }

    /// <returns>False when the client asks for encryption.</returns>
    private async Task<bool> Converse(Stream stream)
    {
        // Not disposed: what it reads from goes on.
        var reader = new StreamReader(stream, Encoding.ASCII);
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync() is { } line)
        {
            _heard.Enqueue(new HeardLine(stream is SslStream, line));
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    if (Security == MailSecurity.StartTls && stream is not SslStream) await Line(stream, "250-STARTTLS");
                    if (SignInReply is not null) await Line(stream, "250-AUTH PLAIN");
                    await Line(stream, "250 mail.test");
                    break;
                case "STARTTLS" when Security == MailSecurity.StartTls:
                    await Line(stream, "220 Go ahead");
                    return false;
                case "AUTH":
                    await Line(stream, SignInReply ?? "503 Not offered");
                    break;
                case "MAIL":
                    from = Address(line);
                    await Line(stream, "250 OK");
                    break;
                case "RCPT":
                    to = Address(line);
                    await Line(stream, RecipientReply);
                    break;
                case "DATA":
                    await Line(stream, "354 Go ahead");
                    _mails.Enqueue(Read(from, to, await Lines(reader)));
                    await Line(stream, "250 Taken");
                    break;
                case "QUIT" when IsSilentAtTheEnd:
                    break;
                case "QUIT":
                    await Line(stream, "221 Bye");
                    return true;
                default:
                    await Line(stream, "250 OK");
                    break;
            }
        }

        return true;
    }

    private async Task<SslStream> Encrypted(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(Certificate!);
        return encrypted;
    }

    private static ValueTask Line(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

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
        var unfolded = Fold().Replace(string.Join('\n', lines.Take(end)), "$1").Split('\n');
        var headers = unfolded.Select(h => h.Split(": ", 2)).ToDictionary(h => h[0].ToLowerInvariant(), h => Decoded(h[1]));
        var body = string.Join('\n', lines.Skip(end + 1));
        return new ReceivedMail(from, to, headers, headers["content-transfer-encoding"] == "base64" ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : body);
    }

    /// <summary>Encoded words (RFC 2047) in UTF-8; the space between two of them is none of the text.</summary>
    private static string Decoded(string header) => Word().Replace(BetweenWords().Replace(header, ""), word => word.Groups["text"].Value is var text && word.Groups["encoding"].Value is "b" or "B"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(text))
        : Uri.UnescapeDataString(text.Replace('_', ' ').Replace('=', '%')));

    [GeneratedRegex(@"\n([ \t])")]
    private static partial Regex Fold();

    [GeneratedRegex(@"(?<=\?=)[ \t]+(?==\?)")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?utf-8\?(?<encoding>[bq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}

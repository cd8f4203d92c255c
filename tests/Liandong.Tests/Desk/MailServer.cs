using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Liandong.Tests.Desk;

/// <summary>What the server does with a mail that was said to the end.</summary>
internal enum Taking { Takes, SaysTryLater, SaysNoSuchBox, HangsUp }

/// <summary>A mail server on the loopback: speaks SMTP over a socket, keeps what it took, and can be away.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly List<MimeMessage> taken = [];
    private readonly List<string> heard = [];
    private TcpListener? listener;
    private Task serving = Task.CompletedTask;

    private MailServer(int port) => Port = port;

    public int Port { get; private set; }
    public Taking Mode { get; set; } = Taking.Takes;

    /// <summary>Mails that the server answered for.</summary>
    public IReadOnlyList<MimeMessage> Taken { get { lock (taken) return [.. taken]; } }

    /// <summary>Message-IDs of every mail that was said to the end, whatever the server answered.</summary>
    public IReadOnlyList<string> Heard { get { lock (taken) return [.. heard]; } }

    public static MailServer Open()
    {
        var server = new MailServer(0);
        server.ComeBack();
        return server;
    }

    public void ComeBack()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = ServeAsync(listener);
    }

    /// <summary>From here on nobody answers at the port.</summary>
    public async Task GoAwayAsync()
    {
        listener?.Stop();
        await serving;
    }

    public async ValueTask DisposeAsync() => await GoAwayAsync();

    private async Task ServeAsync(TcpListener at)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await at.AcceptTcpClientAsync();
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 loopback");
                while (await reader.ReadLineAsync() is { } line)
                {
                    var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                    if (verb == "QUIT")
                    {
                        await writer.WriteLineAsync("221 bye");
                        return;
                    }
                    if (verb != "DATA")
                    {
                        await writer.WriteLineAsync("250 ok");
                        continue;
                    }
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } body && body != ".") text.Append(body.StartsWith("..", StringComparison.Ordinal) ? body[1..] : body).Append("\r\n");
                    var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
                    lock (taken)
                    {
                        heard.Add(mail.MessageId ?? "");
                        if (Mode == Taking.Takes) taken.Add(mail);
                    }
                    if (Mode == Taking.HangsUp) return;
                    await writer.WriteLineAsync(Mode switch { Taking.Takes => "250 taken", Taking.SaysTryLater => "451 try later", _ => "550 no such box" });
                }
            }
            catch (IOException)
            {
                // The other side hung up.
            }
        }
    }
}

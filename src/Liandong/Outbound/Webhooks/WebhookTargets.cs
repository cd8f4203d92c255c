using System.Net;
using System.Net.Sockets;

namespace Liandong.Outbound;

/// <summary>
/// Where the platform may send to. A subscriber names the address, so without this the platform would knock at doors inside its own house
/// (SSRF). Public addresses over https are open; anything private, local or reserved only when the operator lists it
/// (<c>--webhooks:allow 10.20.0.0/16,127.0.0.1</c>), and there plain http is allowed as well.
/// </summary>
/// <param name="lookUp">Finds the addresses of a name; the system's own way unless said.</param>
public sealed class WebhookTargets(IEnumerable<string> allowed, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> lookUp = lookUp ?? Dns.GetHostAddressesAsync;

    private static readonly IPNetwork[] Reserved = Parse(
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Of IPv6 only global unicast is public, and of that not the ranges that wrap an IPv4 address or are for documents.
        "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ]);

    private readonly IPNetwork[] allowed = Parse(allowed);

    public static WebhookTargets Of(IConfiguration settings) => new((settings["webhooks:allow"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The sentence that says why this address cannot be used; null when it can.</summary>
    public string? FaultOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0) return "回调地址应为完整的 https 地址。";
        if (url.UserInfo.Length > 0) return "回调地址不能带账号和密码。";
        if (url.Fragment.Length > 0) return "回调地址不能带 # 片段。";
        if (text.Length > 500) return "回调地址不能超过 500 个字符。";
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var literal)) return MayReach(literal, url.Scheme == "https") ? null : NotAllowed(url.Scheme);
        if (url.Scheme == "http" && allowed.Length == 0) return "回调地址应为 https。";
        return url.IdnHost is "localhost" || url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? MayReach(IPAddress.Loopback, url.Scheme == "https") ? null : NotAllowed(url.Scheme) : null;
    }

    public bool MayReach(IPAddress address, bool https)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (allowed.Any(network => network.Contains(real))) return true;
        return https && !Reserved.Any(network => network.BaseAddress.AddressFamily == real.AddressFamily && network.Contains(real));
    }

    /// <summary>Connects to an address that was looked up and checked here: what is checked is what is connected to, so a name cannot point elsewhere a moment later.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var https = context.InitialRequestMessage.RequestUri!.Scheme == "https";
        var addresses = await lookUp(context.DnsEndPoint.Host, ct);
        var open = addresses.Where(a => MayReach(a, https)).ToArray();
        if (open.Length == 0) throw new TargetRefused();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string NotAllowed(string scheme) => scheme == "http" ? "回调地址应为 https。" : "回调地址指向内部网络,不允许访问;如确需使用,请系统管理员在启动参数 webhooks:allow 中列出。";

    private static IPNetwork[] Parse(IEnumerable<string> networks) =>
        [.. networks.Select(n => n.Contains('/', StringComparison.Ordinal) ? IPNetwork.Parse(n) : IPAddress.Parse(n) is var one ? new IPNetwork(one, one.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) : default)];
}

/// <summary>The address leads to where the platform must not send.</summary>
public sealed class TargetRefused() : IOException("The target address is private, local or reserved.");

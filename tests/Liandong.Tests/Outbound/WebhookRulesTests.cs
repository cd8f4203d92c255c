using System.Net;
using System.Reflection;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Outbound;
using Xunit;

namespace Liandong.Tests.Outbound;

/// <summary>The rules of webhooks that need no server.</summary>
public sealed class WebhookRulesTests
{
    // The vector of the Standard Webhooks specification and of its libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void The_signature_is_that_of_Standard_Webhooks()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1614265330);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookSignature.Sign(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, "{\"test\": 2432232314}"));
        // With and without the prefix it is the same secret.
        Assert.Equal(WebhookSignature.Sign(Secret, "msg_1", at, "{}"), WebhookSignature.Sign(Secret["whsec_".Length..], "msg_1", at, "{}"));
        Assert.NotEqual(WebhookSignature.Sign(Secret, "msg_1", at, "{}"), WebhookSignature.Sign(Secret, "msg_2", at, "{}"));
        Assert.NotEqual(WebhookSignature.Sign(Secret, "msg_1", at, "{}"), WebhookSignature.Sign(Secret, "msg_1", at.AddSeconds(1), "{}"));
        Assert.NotEqual(WebhookSignature.Sign(Secret, "msg_1", at, "{}"), WebhookSignature.Sign(Secret, "msg_1", at, "{ }"));
        Assert.Equal(2, WebhookSignature.SignWithAll([Secret, WebhookSignature.NewSecret()], "msg_1", at, "{}").Split(' ').Length);
    }

    /// <summary>Screens name what a subscription asks for in the office's words: every act and every prefix that anybody is told.</summary>
    [Fact]
    public void Every_type_that_is_told_has_a_name_on_screens()
    {
        foreach (var line in Audiences.Table.Where(l => l.Parties.Length > 0))
            Assert.Matches(@"^[\u4e00-\u9fff].*\(" + System.Text.RegularExpressions.Regex.Escape(line.Act) + @"\)$", WebhookWords.OfType(line.Act));
        Assert.Equal("推送的各种动作(push.)、认领(push.claimed)", WebhookWords.Of(["push.", "push.claimed"]));
        Assert.Equal("全部", WebhookWords.Of([]));
        Assert.Equal("认领(cn.liandong.push.claimed)", WebhookWords.OfType(CloudEvent.TypePrefix + "push.claimed"));
        Assert.Equal("push.cl", WebhookWords.OfType("push.cl"));
    }

    /// <summary>The specification's own vector, and eleven made from it with another implementation of HMAC.</summary>
    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265331, "{\"test\": 2432232314}", "v1,l6C9/1+N/lSU6+gfh+YEGqTK2aQ+k8nMEWDvvCgHh7U=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJeK", 1614265330, "{\"test\": 2432232314}", "v1,c77xK0N3WcYnLTZ1OulIw6vfXPCQ9wriZ5KksADRWzs=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\":2432232314}", "v1,Vif40peJBP7Iyl0XGmu61n4MwdrcHov5CFREBpE0svs=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "370102-1", 1772413200, "", "v1,gyF0C3nEEb+I5vipRlzaMItpXDsTe59npvWC/FAeW00=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "370102-1", 1772413200, "{}", "v1,wib6XBu9I3/UheFL96yj32KeTVnyWQoIBtU8wzqXLzM=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "370102-2", 1772413200, "{\"data\":{\"reason\":\"不属于本单位职责\"}}", "v1,b1tWnkRBOVJwNXHlPBBj6ZkvXd5uowCOyc3gFkcqsyg=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "370102-3", 1772413200, "{\"data\":{\"name\":\"𠮷野家\",\"mark\":\"\\u0000\"}}", "v1,5kdvOcw/0CqaA6vE75UivM6QqrBIoAg4UGTrzMcR6DU=")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==", "370102-4", 1772413200, "line\r\nline\n", "v1,m9I9Q+PwLpLlx2rAle6fmoejyx5Ct/2gWQw5b2p59Zg=")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "370102-5", 0, "{\"a\":1}", "v1,hWkUqFeSLBhPgs4Mg+8g8MGpUgQ9U6+5MsQxGUyZeR8=")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "370102-9007199254740993", 4102444800, "{\"data\":\"xxxxxxxxxxxxxxxxxxxx\"}", "v1,Eq7h5oabDwn9wzvbzhyH8Blv25fd4suN1QBBu7rWUxU=")]
    public void Signatures_are_those_of_other_implementations(string secret, string id, long at, string body, string signature) =>
        Assert.Equal(signature, WebhookSignature.Sign(secret, id, DateTimeOffset.FromUnixTimeSeconds(at), body));

    [Fact]
    public async Task A_name_that_points_into_the_house_is_refused_when_it_is_connected_to()
    {
        await using var inside = await Receiver.OpenAsync();
        var port = new Uri(inside.Address).Port;
        foreach (var house in new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254" })
        {
            // An honest name when it is given; where it leads is looked up, checked and connected to in one step.
            var targets = new WebhookTargets([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(house)]));
            Assert.Null(targets.FaultOf($"https://yewu.example.cn:{port}/hook"));
            using var transport = new WebhookTransport(targets, new Clock(TimeProvider.System));
            var outcome = await transport.SendAsync($"https://yewu.example.cn:{port}/hook", "370102-1", "{}", [Secret], Office.Stop);
            Assert.Equal((null, "地址指向内部网络,不允许访问"), (outcome.Status, outcome.Error));
        }
        Assert.Empty(inside.Tried);
    }

    [Fact]
    public void A_new_secret_has_256_bits() => Assert.Equal(32, Convert.FromBase64String(WebhookSignature.NewSecret()["whsec_".Length..]).Length);

    [Fact]
    public void A_delivery_is_tried_for_at_least_75_hours_and_ever_more_slowly()
    {
        Assert.True(RetrySchedule.Whole >= TimeSpan.FromHours(75), $"only {RetrySchedule.Whole}");
        Assert.Equal(RetrySchedule.Delays.Order(), RetrySchedule.Delays);
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(now.AddSeconds(5), RetrySchedule.NextAfter(1, now, null));
        Assert.Null(RetrySchedule.NextAfter(RetrySchedule.Delays.Count + 1, now, null));
        // Retry-After lengthens and never shortens, and not beyond a day.
        Assert.Equal(now.AddMinutes(10), RetrySchedule.NextAfter(1, now, TimeSpan.FromMinutes(10)));
        Assert.Equal(now.AddSeconds(45), RetrySchedule.NextAfter(3, now, TimeSpan.FromSeconds(1)));
        Assert.Equal(now.AddHours(24), RetrySchedule.NextAfter(1, now, TimeSpan.FromDays(365)));
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.8.8.8"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1")]
    [InlineData("0.0.0.0"), InlineData("192.0.2.1"), InlineData("198.18.0.1"), InlineData("203.0.113.9"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("::1"), InlineData("::")]
    [InlineData("fe80::1"), InlineData("fc00::1"), InlineData("fd12::1"), InlineData("ff02::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1"), InlineData("2001::1")]
    public void Nothing_inside_the_house_is_reached(string address)
    {
        var targets = new WebhookTargets([]);
        Assert.False(targets.MayReach(IPAddress.Parse(address), https: true));
        Assert.NotNull(targets.FaultOf($"https://{(address.Contains(':') ? $"[{address}]" : address)}/hook"));
    }

    [Theory]
    [InlineData("http://example.cn/hook"), InlineData("ftp://example.cn/"), InlineData("file:///etc/passwd"), InlineData("https://user:pass@example.cn/"), InlineData("https://localhost/"), InlineData("https://a.localhost:8443/")]
    [InlineData("https://2130706433/"), InlineData("https://0x7f.1/"), InlineData("https://0177.0.0.1/"), InlineData("//example.cn/"), InlineData("example.cn"), InlineData(""), InlineData("https://example.cn/#x")]
    public void An_address_that_is_no_plain_https_address_is_refused(string address) => Assert.NotNull(new WebhookTargets([]).FaultOf(address));

    [Fact]
    public void Public_addresses_over_https_and_listed_ones_are_reached()
    {
        var open = new WebhookTargets([]);
        Assert.Null(open.FaultOf("https://yewu.example.cn:8443/hook?a=1"));
        Assert.True(open.MayReach(IPAddress.Parse("114.114.114.114"), https: true));
        Assert.True(open.MayReach(IPAddress.Parse("2400:3200::1"), https: true));
        Assert.False(open.MayReach(IPAddress.Parse("114.114.114.114"), https: false));
        var listed = new WebhookTargets(["10.20.0.0/16", "127.0.0.1"]);
        Assert.Null(listed.FaultOf("http://10.20.3.4/hook"));
        Assert.Null(listed.FaultOf("http://127.0.0.1:9000/hook"));
        Assert.NotNull(listed.FaultOf("http://10.21.0.1/hook"));
        Assert.False(listed.MayReach(IPAddress.Parse("127.0.0.2"), https: true));
    }

    [Fact]
    public void Every_act_has_a_line_that_says_whom_it_is_told_to()
    {
        var acts = typeof(Ledger).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false } && typeof(IAct).IsAssignableFrom(t)).Select(NameOf).Distinct().ToList();
        Assert.True(acts.Count > 30);
        Assert.DoesNotContain(acts, name => Audiences.LineOf(name) is null);
        // Whoever is told anything at all needs a right to read it; only the test event needs none.
        Assert.DoesNotContain(acts.Select(Audiences.LineOf), l => l is { Parties.Length: > 0, Right: "", Act: not WebhookActs.TestName });
    }

    private static string NameOf(Type act) =>
        (string)typeof(WebhookRulesTests).GetMethod(nameof(NameOfAct), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(act).Invoke(null, null)!;

    private static string NameOfAct<T>() where T : IAct => T.Name;
}

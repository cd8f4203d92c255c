using System.Buffers;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Liandong.Desk;

/// <summary>
/// Answers with the desk that the session was sent last as long as a desk rendered anew would show the same: who asks and what the session may do was found out
/// before, as for every request. Everything that a desk rests on is compared, by the ledger's marks or itself; see docs/adr/desks-are-kept.md.
/// Only the plain address: what stands in a query is chosen by whoever made the link.
/// </summary>
public sealed class KeepDesks(RequestDelegate next, KeptDesks kept, DeskMonths months, IResponseCompressionProvider compression, IOptions<AntiforgeryOptions> forms)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path != "/" || !HttpMethods.IsGet(http.Request.Method) || http.Request.QueryString.HasValue || SessionCookie.IdOf(http) is not { } session
            || http.Request.Cookies[forms.Value.Cookie.Name!] is not { } cookie)
        {
            await next(http);
            return;
        }
        var services = http.RequestServices;
        var (actor, directory) = (services.GetRequiredService<Actor>(), services.GetRequiredService<DirectoryBook>());
        if (!actor.May(Rights.DeskUse) || actor.Organ is not { } organ)
        {
            await next(http);
            return;
        }
        var encoding = compression.GetCompressionProvider(http);
        var encoded = encoding?.EncodingName ?? "";
        var ct = http.RequestAborted;
        // Before the page is read: what changes meanwhile makes the kept page outdated, never the other way round.
        var state = await directory.StateAsync(ct);
        var mark = actor.May(Rights.OversightView) ? await directory.NumberAsync(ct) : await directory.DeskMarkAsync(organ, ct);
        if (kept.Find(session) is { } page && page.Mark == mark && page.Directory == state && page.FormCookie == cookie && page.Encoding == encoded && await HoldsAsync(page))
        {
            await SendAsync(http, page);
            return;
        }
        await WholePages.RenderAsync(http, next, KeepAsync);

        Task KeepAsync(ReadOnlySequence<byte> body)
        {
            var ground = services.GetRequiredService<DeskGround>();
            if (http.Response.StatusCode != StatusCodes.Status200OK || http.Response.Headers.SetCookie.Count > 0 || ground.Desk is not { } desk || ground.Unread < 0) return WholePages.SendAsync(http, body);
            var fresh = new KeptDesk(mark, state, desk.Figures, desk.Late, IdsOf(desk.Escalated), ground.Calendar, ground.Unread, ground.From, ground.Until, cookie, encoded, Compressed(body, encoding));
            kept.Keep(session, fresh);
            return SendAsync(http, fresh);
        }

        async ValueTask<bool> HoldsAsync(KeptDesk page)
        {
            var (now, db) = (services.GetRequiredService<Clock>().Now, services.GetRequiredService<AppDb>());
            if (now < page.From || now >= page.Until || !ReferenceEquals(months.Known(db.District, organ, DutyQueries.ReadsAll(actor), now), page.Figures)) return false;
            if (page.Late is { } late && !ReferenceEquals(months.KnownLate(db.District), late)) return false;
            if ((await services.GetRequiredService<CalendarBook>().CurrentAsync(ct)).Version != page.Calendar) return false;
            return await directory.UnreadAsync(actor, ct) == page.Unread && IdsOf(await DeskQueries.EscalatedAsync(db, actor, ct)).SequenceEqual(page.Escalated);
        }
    }

    private static Guid[] IdsOf(IReadOnlyList<Duty>? escalated) => [.. (escalated ?? []).Select(d => d.Id)];

    private static byte[] Compressed(ReadOnlySequence<byte> page, ICompressionProvider? encoding)
    {
        if (encoding is null) return page.ToArray();
        using var bytes = new MemoryStream(16 * 1024);
        using (var stream = encoding.CreateStream(bytes))
            foreach (var piece in page) stream.Write(piece.Span);
        return bytes.ToArray();
    }

    private static Task SendAsync(HttpContext http, KeptDesk page)
    {
        var headers = http.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (page.Encoding.Length > 0) headers.ContentEncoding = page.Encoding;
        headers.ContentLength = page.Body.Length;
        return http.Response.Body.WriteAsync(page.Body, 0, page.Body.Length, http.RequestAborted);
    }
}

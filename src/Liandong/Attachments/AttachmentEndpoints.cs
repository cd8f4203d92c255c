using System.Globalization;
using System.Text;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Liandong.Attachments;

/// <summary>
/// Files at the API and in the browser. Uploads in pieces follow tus 1.0.0 (core, creation, expiration, termination), so that its ready-made
/// clients work; the page's script is one more.
/// </summary>
public static class AttachmentEndpoints
{
    private const string TusVersion = "1.0.0";
    private const string TusPiece = "application/offset+octet-stream";

    /// <summary>What a file may do that a browser shows: be seen. The browser's own PDF viewer starts under it too.</summary>
    private const string OnlySeen = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    public sealed record UploadView(Guid Id, string Name, long Length, long Offset, bool Complete, string? Type, string? Sm3, Guid? Attachment, DateTimeOffset ExpiresAt)
    {
        public static UploadView Of(ContinueUpload.Progress p) => new(p.Upload.Id, p.Upload.Name, p.Upload.Length, p.Offset, p.Upload.CompletedAt is not null, p.Upload.Type is { Length: > 0 } type ? type : null,
            p.Upload.Sm3 is { Length: > 0 } sm3 ? sm3 : null, p.Upload.Attachment, p.Upload.ExpiresAt);
    }

    public sealed record AttachBody(string Kind, Guid Matter, IReadOnlyList<Guid> Uploads);

    public static IEndpointRouteBuilder MapAttachments(this IEndpointRouteBuilder api)
    {
        // Which right is asked for depends on the matter: its module answers. Who has no business right at all (the three administrators) stops here.
        string[] business = [.. Rights.Business];
        var attachments = api.MapGroup("/attachments").WithTags("附件");
        attachments.MapGet("", async (string kind, Guid matter, AttachmentQueries queries, MatterDoors doors, CancellationToken ct) =>
        {
            await doors.DemandAsync(kind, matter, ct);
            return await queries.OfAsync(kind, matter, ct);
        }).WithSummary("一件事的附件").WithDescription("kind 为事项种类:case(办件)、check(检查)、rectification(整改)、enforcement(执法)、penalty(处罚)、dispute(权责争议)、memorandum(责任备忘录)、liaison(联络任职)等;matter 为其标识。查看清单不记入台账。")
            .Produces<IReadOnlyList<AttachmentRow>>().ProducesProblem(404).Demands(business);
        attachments.MapGet("/{id:guid}", async (Guid id, AttachmentQueries queries, CancellationToken ct) => await queries.FindAsync(id, ct) ?? throw NotFound.Of("该附件"))
            .WithSummary("附件信息").Produces<AttachmentRow>().ProducesProblem(404).Demands(business);
        attachments.MapGet("/{id:guid}/content", (Guid id, HttpContext http, OpenAttachment open, CancellationToken ct) => SendAsync(id, Opening.Download, http, open, ct))
            .WithSummary("下载附件").WithDescription("每次下载记入台账(何人、哪个文件、哪件事)。支持 Range。查出病毒或者等待扫描的答复409。").Produces(200, contentType: "application/octet-stream").ProducesProblem(404).ProducesProblem(409).Demands(business);
        attachments.MapPost("", PostAsync)
            .WithSummary("上传附件").WithDescription("multipart/form-data:一个或多个 file;可带 origin(electronic、original、copy)、originalOn(补录时的原件日期)、note。这些字段写在文件之前。").DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data").Produces<IReadOnlyList<AttachmentRow>>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).Demands(business).Unlimited();
        attachments.MapPost("/attach", async (AttachBody body, AttachFiles attach, AttachmentQueries queries, CancellationToken ct) =>
        {
            var added = await attach.RunAsync(body.Kind, body.Matter, body.Uploads, ct);
            var ids = added.Select(a => a.Id).ToHashSet();
            return (await queries.OfAsync(body.Kind, body.Matter, ct)).Where(r => ids.Contains(r.Id)).ToList();
        }).WithSummary("把传完的文件附到一件事上").WithDescription("uploads 为续传接口传完的文件标识。").Produces<IReadOnlyList<AttachmentRow>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).Demands(business);
        attachments.MapDelete("/{id:guid}", async (Guid id, RemoveAttachment remove, CancellationToken ct) =>
        {
            await remove.RunAsync(id, ct);
            return TypedResults.NoContent();
        }).WithSummary("删除草稿的附件").WithDescription("只有上传单位、且事项还没有办出时可以删除。").Produces(204).ProducesProblem(404).ProducesProblem(409).Demands(business);
        MapUploads(api.MapGroup("/uploads").WithTags("附件"), business);
        return api;
    }

    /// <summary>The addresses that pages link to.</summary>
    public static IEndpointRouteBuilder MapAttachmentFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/attachments/{id:guid}", (Guid id, HttpContext http, OpenAttachment open, CancellationToken ct) => SendAsync(id, Opening.Download, http, open, ct)).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/attachments/{id:guid}/preview", (Guid id, HttpContext http, OpenAttachment open, CancellationToken ct) => SendAsync(id, Opening.Preview, http, open, ct)).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    private static void MapUploads(RouteGroupBuilder uploads, string[] business)
    {
        uploads.MapMethods("", ["OPTIONS"], (HttpContext http, AttachmentSettings settings) =>
        {
            Tus(http);
            http.Response.Headers["Tus-Version"] = TusVersion;
            http.Response.Headers["Tus-Extension"] = "creation,expiration,termination";
            http.Response.Headers["Tus-Max-Size"] = settings.FileBytes.ToString(CultureInfo.InvariantCulture);
            return TypedResults.NoContent();
        }).WithSummary("续传协议的能力").Produces(204).Demands(business);
        uploads.MapPost("", async (HttpContext http, BeginUpload begin, CancellationToken ct) =>
        {
            var upload = await begin.RunAsync(Announced(http.Request), ct);
            Tus(http);
            Expires(http, upload);
            http.Response.Headers.Location = $"/api/v1/uploads/{upload.Id}";
            return TypedResults.StatusCode(StatusCodes.Status201Created);
        }).WithSummary("开始续传").WithDescription("tus 1.0.0 的 creation:Upload-Length 为字节数;Upload-Metadata 带 filename,可带 kind 和 matter(传完自动附上)、origin、originalOn、note。答复的 Location 用于续传。")
            .Produces(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).Demands(business);
        uploads.MapMethods("/{id:guid}", ["HEAD"], async (Guid id, HttpContext http, ContinueUpload proceed, CancellationToken ct) =>
        {
            var progress = await proceed.FindAsync(id, ct);
            Tus(http);
            Expires(http, progress.Upload);
            http.Response.Headers["Upload-Offset"] = progress.Offset.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["Upload-Length"] = progress.Upload.Length.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Ok();
        }).WithSummary("已经收到多少").WithDescription("答复头 Upload-Offset 为已收到的字节数,从这里继续。").Produces(200).ProducesProblem(404).Demands(business);
        uploads.MapGet("/{id:guid}", async (Guid id, ContinueUpload proceed, CancellationToken ct) => UploadView.Of(await proceed.FindAsync(id, ct)))
            .WithSummary("一个续传的情况").Produces<UploadView>().ProducesProblem(404).Demands(business);
        uploads.MapMethods("/{id:guid}", ["PATCH"], async (Guid id, HttpContext http, ContinueUpload proceed, CancellationToken ct) =>
        {
            if (http.Request.ContentType != TusPiece) throw new BadHttpRequestException($"Content-Type must be {TusPiece}.", StatusCodes.Status415UnsupportedMediaType);
            if (!long.TryParse(http.Request.Headers["Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) throw new InvalidInput("Upload-Offset", "请给出从哪个字节继续(Upload-Offset)。");
            var progress = await proceed.RunAsync(id, offset, http.Request.Body, ct);
            Tus(http);
            Expires(http, progress.Upload);
            http.Response.Headers["Upload-Offset"] = progress.Offset.ToString(CultureInfo.InvariantCulture);
            if (progress.Upload.Attachment is { } attachment) http.Response.Headers["Liandong-Attachment"] = attachment.ToString();
            return TypedResults.NoContent();
        }).WithSummary("续传一段").WithDescription("Content-Type 为 application/offset+octet-stream,Upload-Offset 为这一段的起点;与服务器已收到的不一致时答复409,用 HEAD 查明后继续。最后一段收齐后识别类型、入库;断线或者服务中断后,空段也能办完。")
            .Accepts<Stream>(TusPiece).Produces(204).ProducesProblem(404).ProducesProblem(409).Demands(business).Unlimited();
        uploads.MapDelete("/{id:guid}", async (Guid id, HttpContext http, ContinueUpload proceed, CancellationToken ct) =>
        {
            await proceed.AbandonAsync(id, ct);
            Tus(http);
            return TypedResults.NoContent();
        }).WithSummary("取消续传").Produces(204).ProducesProblem(404).ProducesProblem(409).Demands(business);
    }

    private static async Task<IResult> PostAsync(string kind, Guid matter, HttpContext http, MatterDoors doors, StageFiles stage, AttachFiles attach, AttachmentQueries queries, AttachmentSettings settings, CancellationToken ct)
    {
        // Before anything is read: whoever has no right to the matter sends nothing to the disk.
        if (!(await doors.DemandAsync(kind, matter, ct)).MayAdd) throw AttachFiles.Closed();
        var boundary = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary)) throw new BadHttpRequestException("Content-Type must be multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        var (fields, staged) = (new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), new List<Guid>());
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } part) continue;
                if (part.IsFileDisposition())
                {
                    if (staged.Count >= AttachFiles.Most) throw new InvalidInput("Files", $"一次最多添加{AttachFiles.Most}个附件,请分几次。");
                    staged.Add((await stage.RunAsync(part.FileNameStar.HasValue ? part.FileNameStar.Value! : part.FileName.Value ?? "", section.Body, About(fields), settings, ct)).Id);
                }
                else if (part.Name.Value is { } name && fields.Count < 20) fields[name] = await ShortAsync(section, ct);
            }
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("The multipart body cannot be read.");
        }
        catch (IOException cut) when (cut is not BadHttpRequestException && cut.Message.Contains("Unexpected end", StringComparison.Ordinal))
        {
            throw new BadHttpRequestException("The multipart body ends too early.");
        }
        var added = (await attach.RunAsync(kind, matter, staged, ct)).Select(a => a.Id).ToHashSet();
        return TypedResults.Created($"/api/v1/attachments?kind={Uri.EscapeDataString(kind)}&matter={matter}", (await queries.OfAsync(kind, matter, ct)).Where(r => added.Contains(r.Id)).ToList());
    }

    private static async Task<string> ShortAsync(MultipartSection section, CancellationToken ct)
    {
        var text = new byte[4096];
        var read = await section.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(text, 0, read).Trim();
    }

    /// <summary>What tus's <c>Upload-Metadata</c> says: pairs of a name and its value in base 64.</summary>
    private static BeginUpload.Input Announced(HttpRequest request)
    {
        if (!long.TryParse(request.Headers["Upload-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length)) throw new InvalidInput("Upload-Length", "请给出文件的字节数(Upload-Length)。");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in request.Headers["Upload-Metadata"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = pair.IndexOf(' ', StringComparison.Ordinal);
            var bytes = new byte[pair.Length];
            if (space > 0 && Convert.TryFromBase64String(pair[(space + 1)..], bytes, out var count)) fields[pair[..space]] = Encoding.UTF8.GetString(bytes, 0, count);
        }
        var about = About(fields);
        var matter = fields.GetValueOrDefault("matter", "");
        if (matter.Length > 0 && !Guid.TryParse(matter, out _)) throw NotFound.Of("该附件所属的事项");
        return about with { Name = fields.GetValueOrDefault("filename", ""), Length = length, Kind = fields.GetValueOrDefault("kind", ""), Matter = matter.Length > 0 ? Guid.Parse(matter) : null };
    }

    private static BeginUpload.Input About(IReadOnlyDictionary<string, string> fields)
    {
        var origin = FileOrigin.Electronic;
        if (fields.GetValueOrDefault("origin", "") is { Length: > 0 } said && (!Enum.TryParse(said, ignoreCase: true, out origin) || !Enum.IsDefined(origin))) throw new InvalidInput("Origin", "origin 应为 electronic、original 或者 copy。");
        DateOnly? on = null;
        if (fields.GetValueOrDefault("originalOn", "") is { Length: > 0 } day)
            on = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : throw new InvalidInput("OriginalOn", "原件日期应写成年-月-日,例如 2019-03-15。");
        return new BeginUpload.Input("", 1, null, null, origin, on, fields.GetValueOrDefault("note", ""));
    }

    private static async Task<IResult> SendAsync(Guid id, Opening how, HttpContext http, OpenAttachment open, CancellationToken ct)
    {
        // A viewer reads a file in pieces: the one from the beginning is the act.
        var range = http.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault();
        var opened = await open.RunAsync(id, how, recorded: range is null or { From: 0 } or { From: null }, ct);
        var disposition = new ContentDispositionHeaderValue(how == Opening.Preview ? "inline" : "attachment");
        disposition.SetHttpFileName(opened.Attachment.SafeName);
        var headers = http.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = OnlySeen;
        headers.XContentTypeOptions = "nosniff";
        return opened.Content.CanSeek
            ? TypedResults.Stream(opened.Content, opened.Type.Media, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{opened.Attachment.Sm3}\""))
            : new WholeStream(opened);
    }

    private static void Tus(HttpContext http) => http.Response.Headers["Tus-Resumable"] = TusVersion;

    private static void Expires(HttpContext http, Upload upload) => http.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A content that can only be read from its beginning, sent with its length.</summary>
    private sealed class WholeStream(OpenAttachment.Opened opened) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var content = opened.Content;
            httpContext.Response.ContentType = opened.Type.Media;
            httpContext.Response.ContentLength = opened.Attachment.Size;
            await content.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}

using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace Liandong.Api;

/// <summary>
/// A page goes to the compression in one piece: the renderer hands it over in some hundred small ones, of each of which brotli at its fastest makes a block of its
/// own. Whole, a page takes a third less on the wire, and less time.
/// </summary>
public sealed class WholePages(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(http);
            return;
        }
        var page = await RenderAsync(http, next);
        if (page.Length > 0) await http.Response.Body.WriteAsync(page, http.RequestAborted);
    }

    /// <summary>What the rest of the pipeline answers, before any of it is sent.</summary>
    public static async Task<ReadOnlyMemory<byte>> RenderAsync(HttpContext http, RequestDelegate next)
    {
        var wire = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new MemoryStream(64 * 1024);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, wire));
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(wire);
        }
        return new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
    }
}

namespace Liandong.Api;

/// <summary>
/// What every answer tells the browser. Nothing is loaded from elsewhere, nothing runs inline, nobody may frame a page. What a person sees
/// after signing in is stored nowhere.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; form-action 'self'; "
        + "base-uri 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";
            if (http.Request.IsHttps && !http.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) headers.StrictTransportSecurity = "max-age=31536000";
            // Static files carry their own; everything else may hold what only this person may see.
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }
}

/// <summary>
/// An act at the API with a browser's cookie must come from the product's own pages. The cookie is <c>SameSite=Lax</c>, which already keeps it
/// from other sites' forms; this refuses what another site's script sends all the same. Machines send a token, and no browser adds one by itself.
/// </summary>
public sealed class OwnPagesOnly(RequestDelegate next, Problems problems)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (safe || !Problems.IsApi(http) || request.Headers.Authorization.Count > 0 || request.Path.StartsWithSegments("/connect")) return next(http);
        var foreign = request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            || request.Headers.Origin.ToString() is { Length: > 0 } origin && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return foreign ? problems.AnswerAsync(http, Problems.ForeignOrigin) : next(http);
    }
}

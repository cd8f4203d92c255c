using Liandong.Accounts;
using Liandong.Kernel;
using Microsoft.AspNetCore.Authorization;

namespace Liandong.Api;

/// <summary>
/// The rights that an endpoint asks for; one of them is enough. An endpoint may carry several, and then each asks for one of its own. The use
/// case asks again: this one answers before the body is read, and the document names it.
/// </summary>
public sealed record DemandedRights(IReadOnlyList<string> AnyOf);

/// <summary>An endpoint that shows each caller what is the caller's own, and asks for no right.</summary>
public sealed record AboutOneself;

/// <summary>
/// At the API nobody passes unnamed: an endpoint says which right it wants (<see cref="RightConventions.Demands{T}"/>) or that anybody may ask
/// (<c>AllowAnonymous</c>). One that says nothing asks at least for a sign-in, and a test finds it.
/// </summary>
public sealed class CheckRights(RequestDelegate next, Problems problems)
{
    public Task InvokeAsync(HttpContext http, Actor actor)
    {
        if (!http.Request.Path.StartsWithSegments("/api") || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(http);
        if (!actor.IsSignedIn)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return problems.AnswerAsync(http, StatusCodes.Status401Unauthorized);
        }
        foreach (var demanded in endpoint.Metadata.GetOrderedMetadata<DemandedRights>())
            if (!demanded.AnyOf.Any(actor.May)) throw new Forbidden(demanded.AnyOf[0]);
        return next(http);
    }
}

public static class RightConventions
{
    /// <summary>Anybody who is signed in may ask: it is about oneself.</summary>
    public static T AskedBySomebody<T>(this T endpoint) where T : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new AboutOneself()));
        return endpoint;
    }

    /// <summary>Asks for one of these rights before anything of the request is read.</summary>
    public static T Demands<T>(this T endpoint, params string[] anyOf) where T : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new DemandedRights(anyOf)));
        return endpoint;
    }
}

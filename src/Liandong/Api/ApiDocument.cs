using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Outbound;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Liandong.Api;

/// <summary>
/// The API described by itself (OpenAPI 3.1): routes, bodies and answers are read from the endpoints, and what no signature says is added here:
/// who may ask (from <see cref="DemandedRights"/>), problems, keys and tags of versions, words for parameters and fields (<see cref="ApiWords"/>, <see cref="ApiFields"/>) and an
/// example of every body (<see cref="ApiExamples"/>). It is made once; tests hold it against the routes.
/// </summary>
public sealed partial class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "v1";
    public const string Address = "/openapi/v1.json";
    public const string Machine = "machine";
    public const string Session = "session";
    public const string JsonLines = "application/x-ndjson";

    private Task<(OpenApiDocument Document, byte[] Json, string Tag)>? making;

    /// <summary>The document and its bytes as they are served; made with the first question, and anew after one that failed.</summary>
    public Task<(OpenApiDocument Document, byte[] Json, string Tag)> GetAsync(CancellationToken ct)
    {
        var task = making;
        if (task is null or { IsFaulted: true }) making = task = MakeAsync();
        return task.WaitAsync(ct);
    }

    private async Task<(OpenApiDocument Document, byte[] Json, string Tag)> MakeAsync()
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        var bytes = stream.ToArray();
        return (document, bytes, $"\"{Convert.ToHexStringLower(Sm3.Digest(bytes))[..16]}\"");
    }

    public static IServiceCollection AddTo(IServiceCollection services)
    {
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = new SchemaNames().Of;
            options.AddSchemaTransformer((schema, context, _) =>
            {
                // Read by converters of our own, which tell the generator nothing.
                var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
                if (type == typeof(DateTimeOffset)) schema.Format = "date-time";
                if (schema.Type is null && (type == typeof(DateTimeOffset) || type == typeof(string))) schema.Type = context.JsonPropertyInfo?.IsSetNullable == true ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                Describe(operation, context);
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
        });
        return services.AddSingleton<ApiDocument>();
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Address, async (HttpContext http, ApiDocument document, CancellationToken ct) =>
    {
        var (_, json, tag) = await document.GetAsync(ct);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(json, "application/json; charset=utf-8");
    }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>The sets of scopes that carry the rights, the smaller ones alone where one is enough.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ScopesFor(IReadOnlyList<DemandedRights> demanded)
    {
        List<string[]> sets = [[]];
        foreach (var demand in demanded)
            sets = [.. sets.SelectMany(set => Scopes.RightsOf(set).Intersect(demand.AnyOf).Any() ? [set]
                : Scopes.All.Where(scope => Scopes.RightsOf([scope]).Intersect(demand.AnyOf).Any()).Select(scope => (string[])[.. set, scope]))];
        return [.. sets.Where(set => !sets.Any(other => other.Length < set.Length && other.All(set.Contains))).Select(set => set.Order(StringComparer.Ordinal).ToArray()).DistinctBy(set => string.Join(' ', set))];
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var (metadata, document) = (context.Description.ActionDescriptor.EndpointMetadata, context.Document!);
        var method = context.Description.HttpMethod ?? "GET";
        var path = "/" + context.Description.RelativePath;
        var open = metadata.OfType<IAllowAnonymous>().Any();
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var isStream = metadata.OfType<RequestLimits.NoLimit>().Any();
        operation.OperationId = IdOf(method, path);

        operation.Parameters ??= [];
        foreach (var name in metadata.OfType<TakenFromQuery>().SelectMany(t => t.Names))
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Name = Problems.Camel(parameter.Name ?? "");
            if (ApiWords.Of(path, parameter.Name) is { } words)
            {
                parameter.Description ??= words.Text;
                if (parameter.Schema is OpenApiSchema schema && schema.Type == JsonSchemaType.String)
                {
                    if (words.Choice is { } choice) schema.Enum = [.. choice.Select(word => (JsonNode)JsonValue.Create(word))];
                    schema.Format ??= words.Form switch { ApiWords.Form.Id => "uuid", ApiWords.Form.Day => "date", _ => null };
                }
            }
        }

        var responses = operation.Responses ??= [];
        if (responses.ContainsKey("304")) operation.Parameters.Add(new OpenApiParameterReference("IfNoneMatch", document));
        if (responses.ContainsKey("412")) operation.Parameters.Add(new OpenApiParameterReference("IfMatch", document));
        if (!isSafe && !isStream) operation.Parameters.Add(new OpenApiParameterReference("IdempotencyKey", document));

        if (operation.RequestBody?.Content is { } content)
        {
            var body = metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType ?? context.Description.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body)?.Type;
            var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            foreach (var (type, media) in content)
                if (type.Contains("json", StringComparison.Ordinal)) media.Example = body is not null && ApiExamples.Of(body) is { } example ? JsonSerializer.SerializeToNode(example, body, json) : null;
                else media.Schema = Binary();
        }

        foreach (var status in responses.Keys.Where(s => s[0] is '4' or '5').ToArray()) responses.Remove(status);
        foreach (var status in StatusesOf().Distinct().Order()) responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponseReference(ProblemOf(status), document);
        foreach (var (status, response) in responses)
            if (response is OpenApiResponse own && status[0] is '2' or '3')
            {
                ((OpenApiResponse)response).Description = status switch { "200" => "办成", "201" => "已经登记;Location 是它的地址", "204" => "办成,没有内容", "304" => "没有变动", _ => response.Description };
                foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                    if (type.Contains("spreadsheet", StringComparison.Ordinal)) media.Schema = Binary();
            }

        var demanded = metadata.OfType<DemandedRights>().ToList();
        operation.Security = [];
        if (open) return;
        foreach (var scopes in ScopesFor(demanded)) operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Machine, document)] = [.. scopes] });
        if (Roles.All.Any(role => demanded.All(d => d.AnyOf.Intersect(Roles.RightsOf([role])).Any()))) operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, document)] = [] });

        IEnumerable<int> StatusesOf()
        {
            var asked = metadata.OfType<IProducesResponseTypeMetadata>().Select(p => p.StatusCode).Where(s => s >= 400).ToList();
            if (operation.RequestBody is not null || operation.Parameters!.Any(p => p.In == ParameterLocation.Query) || !isSafe && !isStream) asked.Add(400);
            if (!open) asked.AddRange([401, 403]);
            if (path.Contains('{', StringComparison.Ordinal)) asked.Add(404);
            if (operation.RequestBody is not null) asked.Add(415);
            if (operation.RequestBody is not null && !isStream) asked.Add(413);
            if (!isSafe && !isStream) asked.AddRange([409, 422]);
            asked.AddRange([429, 500, 503]);
            return asked;
        }
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "联动 API", Version = "1.0", Description = ApiWords.Introduction };
        document.Servers = [new OpenApiServer { Url = "/", Description = "本平台" }];
        var used = document.Paths.Values.SelectMany(p => p.Operations ?? []).SelectMany(o => o.Value.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Name ?? "").Distinct().ToList();
        document.Tags = new HashSet<OpenApiTag>(ApiWords.Tags.Where(t => used.Contains(t.Key)).Select(t => new OpenApiTag { Name = t.Key, Description = t.Value })
            .Concat(used.Where(t => !ApiWords.Tags.ContainsKey(t)).Select(t => new OpenApiTag { Name = t })));

        document.AddComponent<IOpenApiSecurityScheme>(Machine, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2, Description = "机器客户端:由安全管理员登记,属于一个单位,令牌 15 分钟有效。",
            Flows = new OpenApiOAuthFlows { ClientCredentials = new OpenApiOAuthFlow { TokenUrl = new Uri(TokenEndpoint.Path, UriKind.Relative), Scopes = Scopes.All.ToDictionary(s => s, Scopes.NameOf) } },
        });
        document.AddComponent<IOpenApiSecurityScheme>(Session, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "liandong", Description = "在页面登录后的会话;权限与页面相同。有改动的请求只能由本平台的页面发出。",
        });
        document.AddComponent<IOpenApiSchema>("Problem", ProblemSchema());
        foreach (var (status, (name, words)) in ProblemResponses)
            document.AddComponent<IOpenApiResponse>(name, new OpenApiResponse
            {
                Description = words + "。code:" + string.Join("、", ProblemCodes.General.Where(c => c.Status == status).Select(c => c.Code)) + (status == 409 ? ",或者办理规则的代码(见接口文档“错误代码”)" : ""),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
                Headers = status is 429 or 503 ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = new OpenApiHeader { Description = "多少秒以后再试", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } } } : null,
            });
        document.AddComponent<IOpenApiParameter>("IdempotencyKey", Header("Idempotency-Key", $"重试用的键,1 到 {Idempotency.LongestKey} 个可见字符:72 小时内同一个键只办一次,重试得到原来的答复(Idempotency-Replayed: true)。"));
        document.AddComponent<IOpenApiParameter>("IfMatch", Header("If-Match", "所依据的版本(读取时的 ETag);记录已有变动的,答复 412。"));
        document.AddComponent<IOpenApiParameter>("IfNoneMatch", Header("If-None-Match", "已有的版本;没有变动的,答复 304。"));
        document.Components!.Schemas!.Remove("ProblemDetails");
        foreach (var (name, schema) in document.Components.Schemas) Describe(name, schema);
        document.Webhooks = new Dictionary<string, IOpenApiPathItem> { ["act"] = Act() };
    }

    /// <summary>The comments of the code come with the document too. They are English and explain the code; only what is written for the office stays.</summary>
    private static void Describe(string name, IOpenApiSchema schema)
    {
        schema.Description = ApiFields.Bodies.GetValueOrDefault(name) ?? (IsOfTheOffice(schema.Description) ? schema.Description : null);
        foreach (var (field, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            property.Description = ApiFields.Here.GetValueOrDefault($"{name}.{field}") ?? (IsOfTheOffice(property.Description) ? property.Description : null) ?? ApiFields.ByName.GetValueOrDefault(field);
    }

    /// <summary>Whether a text is a Chinese sentence, be it with words of a protocol in it.</summary>
    public static bool IsOfTheOffice(string? text) => text is not null && text.Any(c => c is >= '\u4e00' and <= '\u9fff') && !EnglishSentence().IsMatch(text);

    [GeneratedRegex(@"[A-Za-z']{2,}[,;:.]?( [A-Za-z']{2,}[,;:.]?){2,}")] private static partial Regex EnglishSentence();

    /// <summary>What is sent to subscribers.</summary>
    private static OpenApiPathItem Act()
    {
        static OpenApiSchema Text(string words, string? format = null) => new() { Type = JsonSchemaType.String, Description = words, Format = format };
        return new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation>
            {
                [HttpMethod.Post] = new()
                {
                    Summary = "回调:一个动作的 CloudEvent", Description = "按 Standard Webhooks 签名;同一事项按台账顺序;失败后重试 76 小时。", OperationId = "receiveAct",
                    Parameters = [.. new[] { (WebhookSignature.IdHeader, "事件编号,重试时不变,据此去重"), (WebhookSignature.TimestampHeader, "发送时刻,Unix 秒"), (WebhookSignature.SignatureHeader, "v1, 加 HMAC-SHA256(编号.时刻.正文)的 Base64;更换密钥期间有两个") }
                        .Select(h => Header(h.Item1, h.Item2, required: true))],
                    RequestBody = new OpenApiRequestBody
                    {
                        Required = true,
                        Content = new Dictionary<string, OpenApiMediaType>
                        {
                            [CloudEvent.ContentType] = new()
                            {
                                Schema = new OpenApiSchema
                                {
                                    Type = JsonSchemaType.Object, Required = new HashSet<string> { "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence", "data" },
                                    Properties = new Dictionary<string, IOpenApiSchema>
                                    {
                                        ["specversion"] = Text("1.0"), ["id"] = Text("区划-台账号"), ["source"] = Text("/districts/区划"), ["type"] = Text("cn.liandong. 加动作名称"), ["subject"] = Text("种类/编号"),
                                        ["time"] = Text("动作的时刻", "date-time"), ["datacontenttype"] = Text("application/json"), ["sequence"] = Text("台账号,20 位"),
                                        ["data"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "动作的内容,与台账一字不差" },
                                    },
                                },
                            },
                        },
                    },
                    Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "收到" }, ["410"] = new OpenApiResponse { Description = "不再接收:订阅随之终止" }, ["default"] = new OpenApiResponse { Description = "其他答复都算失败,稍后重试;429 和 503 可以带 Retry-After" } },
                },
            },
        };
    }

    private static OpenApiSchema ProblemSchema()
    {
        static OpenApiSchema Text(string words) => new() { Type = JsonSchemaType.String, Description = words };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object, Description = "RFC 9457。", Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("代码的固定地址"), ["title"] = Text("哪一类问题"), ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "HTTP 状态" }, ["detail"] = Text("具体是什么问题、怎样改"), ["code"] = Text("不变的代码,供程序判断;全部代码见接口文档"),
                ["field"] = Text("要改的那一项"), ["right"] = Text("缺少的权限"), ["traceId"] = Text("报修时提供"),
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "逐项说明", AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } } },
                ["article"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "所依据的条款", Properties = new Dictionary<string, IOpenApiSchema> { ["clause"] = Text("条款"), ["quote"] = Text("原文") } },
            },
        };
    }

    private static readonly IReadOnlyDictionary<int, (string Name, string Words)> ProblemResponses = new Dictionary<int, (string, string)>
    {
        [400] = ("BadRequest", "请求无法读取,或者填报有误"), [401] = ("Unauthenticated", "没有登录,或者令牌无效"), [403] = ("Forbidden", "没有权限"), [404] = ("NotFound", "没有,或者与本单位无关"), [409] = ("Conflict", "不符合规定,或者他人已先行办理"),
        [412] = ("PreconditionFailed", "版本已有变动"), [413] = ("TooLarge", "请求体太大"), [415] = ("UnsupportedMediaType", "Content-Type 不对"), [422] = ("KeyMismatch", "Idempotency-Key 已用于不同的请求"), [429] = ("RateLimited", "请求太频繁"), [500] = ("Internal", "系统出错"), [503] = ("Unavailable", "平台正在启动,或者数据库暂时用不上:稍后重试"),
    };

    private static string ProblemOf(int status) => ProblemResponses.TryGetValue(status, out var named) ? named.Name : throw new InvalidOperationException($"Status {status} has no problem response.");

    private static OpenApiParameter Header(string name, string words, bool required = false) => new() { Name = name, In = ParameterLocation.Header, Description = words, Required = required, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary><c>postPushesByIdClaim</c>: stable, and what a client generator names the call.</summary>
    private static string IdOf(string method, string path)
    {
        var words = path["/api/v1".Length..].Split(['/', '.', '-'], StringSplitOptions.RemoveEmptyEntries).Select(part => part[0] == '{' ? "By" + Upper(part.Trim('{', '}').Split(':')[0]) : Upper(part));
        return method.ToLowerInvariant() + string.Concat(words);

        static string Upper(string word) => char.ToUpperInvariant(word[0]) + word[1..];
    }

    /// <summary>
    /// A name for every body. The generator would call every use case's <c>Input</c> the same and describe one of them for all: a nested type
    /// takes the name of the one around it, and two types that still meet stop the document.
    /// </summary>
    private sealed class SchemaNames
    {
        private readonly ConcurrentDictionary<string, Type> taken = new();

        public string? Of(JsonTypeInfo info)
        {
            if (OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null || info.Type.Name.StartsWith('<')) return null;
            var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
            var name = NameOf(type);
            var first = taken.GetOrAdd(name, type);
            return first == type ? name : throw new InvalidOperationException($"{first} and {type} are both called {name} in the API's document: rename one.");
        }

        private static string NameOf(Type type)
        {
            if (type.IsGenericType) return type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(NameOf));
            if (type.DeclaringType is not { } around) return type.Name;
            var outer = around.Name;
            foreach (var end in new[] { "Endpoints", "Queries", "Module" })
                if (outer.EndsWith(end, StringComparison.Ordinal)) outer = outer[..^end.Length];
            return outer + type.Name;
        }
    }
}

/// <summary>Filters that an endpoint reads from the address by itself, so that the document can name them.</summary>
public sealed record TakenFromQuery(IReadOnlyList<string> Names);

public static class DocumentConventions
{
    public static T Takes<T>(this T endpoint, params string[] names) where T : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new TakenFromQuery(names)));
        return endpoint;
    }
}

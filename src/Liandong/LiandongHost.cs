using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Attachments;
using Liandong.Calendars;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Ledgers;
using Liandong.Modules.Assistance;
using Liandong.Modules.Cases;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Modules.Policies;
using Liandong.Modules.Supervision;
using Liandong.Outbound;
using Liandong.Shared;
using Liandong.Sheets;
using Liandong.Starting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;

namespace Liandong;

/// <summary>The one process: which services it has and in which order a request passes through it.</summary>
public static class LiandongHost
{
    /// <summary>What use cases need; the host, the sample, the commands and the tests all start from here.</summary>
    public static IServiceCollection AddLiandong(this IServiceCollection services, DatabaseChoice database, DefaultDistrict district)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(district);
        services.AddSingleton<Clock>();
        services.AddSingleton<CalendarCache>();
        services.AddSingleton<DirectoryCache>();
        services.AddSingleton<LedgerSignal>();
        services.AddDatabase(database);
        services.AddScoped<DistrictScope>().AddScoped<Actor>().AddScoped<RequestKey>();
        services.AddScoped<Ledger>().AddScoped<DutyBook>().AddScoped<CalendarBook>().AddScoped<DirectoryBook>().AddScoped<LimitBook>().AddScoped<NumberBook>().AddScoped<ExportList>();

        // The modules, in the notice's order.
        services.AddAccounts();
        services.AddDirectory();
        services.AddItems();
        services.AddCases();
        services.AddLinkage();
        services.AddSupervision();
        services.AddDocuments();
        services.AddConsultations();
        services.AddPolicies();
        services.AddAssistance();
        services.AddConferences();
        services.AddDesk();
        services.AddCalendars();
        services.AddLedgers();
        services.AddWebhooks();
        services.AddAttachments();
        return services;
    }

    /// <summary>Every duty rule of the product, in the notice's order: what 时限与约定 lists and profiles may set.</summary>
    public static IReadOnlyList<DutyRule> DutyRules { get; } = [.. CasesRules.All, .. LinkageRules.All, .. SupervisionRules.All, .. DocumentsRules.All, .. ConsultationsRules.All, .. PoliciesRules.All, .. AssistanceRules.All, .. ConferencesRules.All];

    /// <summary>The left menu, in the notice's order.</summary>
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        .. DeskModule.Menu,
        .. ConsultationsModule.Menu,
        .. ConferencesModule.Menu,
        .. DocumentsModule.Menu,
        .. PoliciesModule.Menu,
        .. AssistanceModule.Menu,
        .. CasesModule.Menu,
        .. LinkageModule.Menu,
        .. SupervisionModule.Menu,
        .. ItemsModule.Menu,
        .. DirectoryModule.Menu,
        .. AccountsModule.Menu,
        .. CalendarModule.Menu,
        .. LedgerModule.Menu,
        .. WebhooksModule.Menu,
    ];

    public static void AddWeb(this WebApplicationBuilder builder)
    {
        // Built or published, the same style sheets and icons are served.
        builder.WebHost.UseStaticWebAssets();
        // Started from a build, as ./run does it, the framework would watch the files for changes and for that send them uncompressed and uncached.
        if (!builder.Environment.IsDevelopment()) builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        var services = builder.Services;
        services.AddDataProtection().SetApplicationName("liandong").PersistKeysToDbContext<AppDb>();
        services.AddSignIn();
        builder.AddGround();
        services.AddWebhookSending(builder.Configuration);
        services.AddDeskClockwork();
        services.AddLedgerClockwork();
        services.AddCasesClockwork();
        services.AddLinkageClockwork();
        services.AddAttachmentsClockwork();
        services.AddRazorComponents();
        services.AddScoped<IMenu, Frame>();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "liandong-form");
        services.AddSingleton<Problems>().AddExceptionHandler<Problems>();
        services.AddProblemDetails();
        // Otherwise the framework answers 400 by itself and keeps to itself what it could not read.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        ApiDocument.AddTo(services);
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new PlainText());
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.TypeInfoResolver = (json.SerializerOptions.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(NoGaps.Refuse);
        });
        services.AddSingleton<Starting.Opening>();
        // Last: whatever the host would start by itself is known by now.
        Clockwork.HoldBack(services);
    }

    public static void MapWeb(this WebApplication app)
    {
        app.UseGround();
        app.UseAccounts();
        app.UseGates();
        app.UseLater(rest => rest.UseAuthorization());
        app.UseAntiforgery();
        app.UseMiddleware<KeepDesks>();
        app.UseMiddleware<WholePages>();
        app.MapStaticAssets().DisableRateLimiting();
        app.MapHealth();
        ApiDocument.Map(app);

        var api = app.MapGroup("/api/v1").DisableAntiforgery();
        api.MapItems();
        api.MapCases();
        api.MapAccounts();
        api.MapDirectory();
        api.MapLinkage();
        api.MapSupervision();
        api.MapDocuments();
        api.MapConsultations();
        api.MapPolicies();
        api.MapAssistance();
        api.MapConferences();
        api.MapDesk();
        api.MapCalendars();
        api.MapLedgers();
        api.MapWebhooks();
        api.MapAttachments();

        app.MapItemFiles();
        app.MapCaseFiles();
        app.MapDocumentFiles();
        app.MapConsultationFiles();
        app.MapPolicyFiles();
        app.MapAssistanceFiles();
        app.MapConferenceFiles();
        Modules.Linkage.Reconciling.PrintLetter.MapFiles(app);
        app.MapSignOut();
        app.MapLedgerFiles();
        app.MapDirectoryFiles();
        app.MapAttachmentFiles();
        app.MapRazorComponents<App>();
    }
}

using Liandong.Data;

namespace Liandong.Attachments;

/// <summary>附件: files that belong to matters. Each module says by an <see cref="IMatterFiles"/> who may see and add those of its own.</summary>
public static class AttachmentsModule
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddSingleton(provider => AttachmentSettings.Of(provider.GetService<IConfiguration>()))
        .AddSingleton<ScanSignal>()
        .AddSingleton<Spool>()
        .AddSingleton<IContentStore>(provider => provider.GetRequiredService<AttachmentSettings>().S3 is { } s3
            ? new S3Store(s3, new HttpClient { Timeout = TimeSpan.FromMinutes(10) }, provider.GetRequiredService<TimeProvider>()) : new DiskStore(provider.GetRequiredService<DatabaseChoice>()))
        .AddSingleton<IVirusScanner>(provider => new ClamAv(provider.GetRequiredService<AttachmentSettings>().Scanner ?? throw new InvalidOperationException("No scanner is configured (attachments:clamav).")))
        .AddScoped<MatterDoors>()
        .AddScoped<KeepContent>()
        .AddScoped<BeginUpload>()
        .AddScoped<ContinueUpload>()
        .AddScoped<StageFiles>()
        .AddScoped<AttachFiles>()
        .AddScoped<RemoveAttachment>()
        .AddScoped<OpenAttachment>()
        .AddScoped<AttachmentQueries>()
        .AddScoped<ScanContents>()
        .AddScoped<CollectGarbage>()
        .AddScoped<CheckContents>();

    /// <summary>Clock work that only a running host does.</summary>
    public static IServiceCollection AddAttachmentsClockwork(this IServiceCollection services) => services
        .AddHostedService<ScanClock>()
        .AddHostedService<GarbageClock>();
}

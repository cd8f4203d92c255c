using Liandong.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<StoredContent> StoredContents => Set<StoredContent>();
    public DbSet<Upload> Uploads => Set<Upload>();
}

internal static class AttachmentsStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Attachment>(attachment =>
        {
            attachment.ToTable("attachments");
            attachment.Ignore(a => a.SafeName);
            attachment.HasIndex(a => new { a.District, a.Matter });
            attachment.HasIndex(a => new { a.District, a.Sm3 });
        });
        model.Entity<StoredContent>(content =>
        {
            content.ToTable("stored_contents").IsTechnical();
            content.HasKey(c => new { c.District, c.Sm3 });
            content.HasIndex(c => new { c.District, c.Scan, c.ScanNextAt });
            content.HasIndex(c => new { c.District, c.TouchedAt });
        });
        model.Entity<Upload>(upload =>
        {
            upload.ToTable("uploads").IsTechnical();
            upload.Ignore(u => u.ExpiresAt).Ignore(u => u.NamesMatter);
            upload.HasIndex(u => new { u.District, u.At });
            upload.HasIndex(u => new { u.District, u.Sm3 });
        });
    }
}

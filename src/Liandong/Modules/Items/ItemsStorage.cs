using Liandong.Modules.Items;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Item> Items => Set<Item>();
    public DbSet<Responsibility> Responsibilities => Set<Responsibility>();
    public DbSet<RegisterRevision> RegisterRevisions => Set<RegisterRevision>();
    public DbSet<Memorandum> Memoranda => Set<Memorandum>();
    public DbSet<UploadedSheet> UploadedSheets => Set<UploadedSheet>();
}

internal static class ItemsStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Item>(item =>
        {
            item.ToTable("items");
            item.HasIndex(i => new { i.District, i.Code }).IsUnique();
            item.HasIndex(i => new { i.District, i.Initials, i.Id });
            item.HasIndex(i => new { i.District, i.FormerOrgan });
        });
        model.Entity<Responsibility>(line =>
        {
            line.ToTable("responsibilities");
            line.HasIndex(l => new { l.District, l.Item, l.From });
            line.HasIndex(l => new { l.District, l.Organ });
        });
        model.Entity<RegisterRevision>().ToTable("register_revisions").HasIndex(r => new { r.District, r.Number }).IsUnique();
        model.Entity<Memorandum>(memorandum =>
        {
            memorandum.ToTable("memoranda");
            memorandum.Ignore(m => m.State).Ignore(m => m.Title);
            memorandum.HasIndex(m => new { m.District, m.Organ, m.Number }).IsUnique();
        });
        model.Entity<UploadedSheet>().ToTable("uploaded_sheets").IsTechnical().HasIndex(s => s.At);
    }
}

using Liandong.Desk.Own;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();
}

internal static class OwnStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Draft>(draft =>
        {
            draft.ToTable("drafts").IsTechnical();
            draft.HasKey(d => new { d.District, d.Person, d.Form });
            draft.HasIndex(d => d.At);
        });
        model.Entity<SavedView>(view =>
        {
            view.ToTable("saved_views").IsTechnical();
            view.HasKey(v => new { v.District, v.Person, v.Path, v.Name });
        });
    }
}

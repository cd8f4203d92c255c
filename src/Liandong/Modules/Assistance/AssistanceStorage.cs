using Liandong.Modules.Assistance;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<AssistanceRequest> AssistanceRequests => Set<AssistanceRequest>();
    public DbSet<AccessGrant> AccessGrants => Set<AccessGrant>();
}

internal static class AssistanceStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<AssistanceRequest>(request =>
        {
            request.ToTable("assistance_requests");
            request.Ignore(r => r.Ref).Ignore(r => r.Department);
            request.HasIndex(r => new { r.District, r.Number }).IsUnique();
            request.HasIndex(r => new { r.District, r.AskedBy, r.AskedAt, r.Id });
            request.HasIndex(r => new { r.District, r.AskedOf, r.AskedAt, r.Id });
        });
        model.Entity<AccessGrant>(grant =>
        {
            grant.ToTable("access_grants");
            grant.HasIndex(g => new { g.District, g.Request });
            // Asked for on every look at a case or a party by an organ that is not party to it.
            grant.HasIndex(g => new { g.District, g.Organ, g.Case });
            grant.HasIndex(g => new { g.District, g.Organ, g.Party });
        });
    }
}

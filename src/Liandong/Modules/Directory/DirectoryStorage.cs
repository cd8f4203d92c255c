using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Organ> Organs => Set<Organ>();
    public DbSet<Section> Sections => Set<Section>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Post> Posts => Set<Post>();
    public DbSet<LiaisonAppointment> LiaisonAppointments => Set<LiaisonAppointment>();
    public DbSet<ConferenceSeat> ConferenceSeats => Set<ConferenceSeat>();
    public DbSet<WorkingGroup> WorkingGroups => Set<WorkingGroup>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<Absence> Absences => Set<Absence>();
}

internal static class DirectoryStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Organ>().IsOfDirectory().ToTable("organs").HasIndex(o => new { o.District, o.Rank });
        model.Entity<Section>().ToTable("sections").HasIndex(s => new { s.District, s.Organ });
        model.Entity<Person>().IsOfDirectory().ToTable("people");
        model.Entity<Post>(post =>
        {
            post.IsOfDirectory().ToTable("posts");
            post.HasIndex(p => new { p.District, p.Person });
            post.HasIndex(p => new { p.District, p.Organ, p.Role });
        });
        model.Entity<LiaisonAppointment>().IsOfDirectory().ToTable("liaison_appointments").HasIndex(a => new { a.District, a.Organ });
        model.Entity<ConferenceSeat>().ToTable("conference_seats").HasIndex(s => new { s.District, s.Kind });
        model.Entity<WorkingGroup>().ToTable("working_groups").Ignore(g => g.Ref);
        model.Entity<GroupMember>(member =>
        {
            member.ToTable("group_members");
            member.HasIndex(m => new { m.District, m.Group });
            member.HasIndex(m => new { m.District, m.Person });
        });
        model.Entity<Absence>().IsOfDirectory().ToTable("absences").HasIndex(a => new { a.District, a.Person });
    }
}

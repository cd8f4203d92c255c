using Liandong.Modules.Conferences;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<MeetingInvitee> MeetingInvitees => Set<MeetingInvitee>();
    public DbSet<MeetingTopic> MeetingTopics => Set<MeetingTopic>();
    public DbSet<MeetingMinutes> MeetingMinutes => Set<MeetingMinutes>();
    public DbSet<MinutesSignature> MinutesSignatures => Set<MinutesSignature>();
    public DbSet<GroupStep> GroupSteps => Set<GroupStep>();
    public DbSet<StepReport> StepReports => Set<StepReport>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
}

internal static class ConferencesStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Meeting>(meeting =>
        {
            meeting.ToTable("meetings");
            meeting.Ignore(m => m.Ref).Ignore(m => m.OnLedger).Ignore(m => m.Day).Ignore(m => m.Hour).Ignore(m => m.IsOpen).Ignore(m => m.TakesPapers);
            meeting.HasIndex(m => new { m.District, m.Number }).IsUnique();
            meeting.HasIndex(m => new { m.District, m.StartsAt, m.Id });
            meeting.HasIndex(m => new { m.District, m.Organ, m.StartsAt, m.Id });
            meeting.HasIndex(m => new { m.District, m.Series, m.StartsAt });
        });
        model.Entity<MeetingInvitee>(invitee =>
        {
            invitee.ToTable("meeting_invitees");
            invitee.Ignore(i => i.Signs);
            invitee.HasKey(i => new { i.District, i.Meeting, i.Organ });
            invitee.HasIndex(i => new { i.District, i.Organ, i.InvitedAt });
        });
        model.Entity<MeetingTopic>(topic =>
        {
            topic.ToTable("meeting_topics");
            topic.Ignore(t => t.Ref).Ignore(t => t.OnLedger);
            topic.HasIndex(t => new { t.District, t.Number }).IsUnique();
            topic.HasIndex(t => new { t.District, t.To, t.State, t.At });
            topic.HasIndex(t => new { t.District, t.ProposedBy, t.At });
            topic.HasIndex(t => new { t.District, t.Meeting });
            topic.HasIndex(t => new { t.District, t.Consultation });
            topic.HasIndex(t => new { t.District, t.Group });
        });
        model.Entity<GroupStep>(step =>
        {
            step.ToTable("group_steps");
            step.Ignore(s => s.Ref).Ignore(s => s.OnLedger).Ignore(s => s.IsOpen);
            step.HasIndex(s => new { s.District, s.Number }).IsUnique();
            step.HasIndex(s => new { s.District, s.Group, s.DueOn });
            step.HasIndex(s => new { s.District, s.Owner });
        });
        model.Entity<StepReport>().ToTable("step_reports").HasIndex(r => new { r.District, r.Step, r.At });
        model.Entity<MeetingMinutes>().ToTable("meeting_minutes").HasIndex(m => new { m.District, m.Meeting, m.Revision }).IsUnique();
        model.Entity<MinutesSignature>().ToTable("minutes_signatures").HasKey(s => new { s.District, s.Minutes, s.Organ });
        model.Entity<CalendarFeed>(feed =>
        {
            feed.ToTable("calendar_feeds");
            feed.HasIndex(f => new { f.District, f.Digest }).IsUnique();
            feed.HasIndex(f => new { f.District, f.Person });
            feed.HasIndex(f => new { f.District, f.Organ });
        });
    }
}

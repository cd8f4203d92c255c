using Liandong.Modules.Consultations;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Consultation> Consultations => Set<Consultation>();
    public DbSet<ConsultedOrgan> ConsultedOrgans => Set<ConsultedOrgan>();
    public DbSet<ConsultationView> ConsultationViews => Set<ConsultationView>();
    public DbSet<Conclusion> Conclusions => Set<Conclusion>();
    public DbSet<Countersignature> Countersignatures => Set<Countersignature>();
    public DbSet<DecisionItem> DecisionItems => Set<DecisionItem>();
    public DbSet<DecisionReport> DecisionReports => Set<DecisionReport>();
    public DbSet<FreezeRequest> FreezeRequests => Set<FreezeRequest>();
    public DbSet<CircularNotice> CircularNotices => Set<CircularNotice>();
}

internal static class ConsultationsStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Consultation>(consultation =>
        {
            consultation.ToTable("consultations");
            consultation.Ignore(c => c.Ref).Ignore(c => c.OnLedger).Ignore(c => c.Form).Ignore(c => c.IsReview).Ignore(c => c.IsMeeting).Ignore(c => c.IsOpen);
            consultation.HasIndex(c => new { c.District, c.Number }).IsUnique();
            consultation.HasIndex(c => new { c.District, c.StartedAt, c.Id });
            consultation.HasIndex(c => new { c.District, c.StartedBy, c.StartedAt, c.Id });
            consultation.HasIndex(c => new { c.District, c.AboutId });
        });
        model.Entity<ConsultedOrgan>(organ =>
        {
            organ.ToTable("consulted_organs");
            organ.HasKey(o => new { o.District, o.Consultation, o.Organ });
            organ.HasIndex(o => new { o.District, o.Organ, o.AskedAt });
        });
        model.Entity<ConsultationView>(view =>
        {
            view.ToTable("consultation_views");
            view.HasIndex(v => new { v.District, v.Consultation });
            view.HasIndex(v => new { v.District, v.Reply });
        });
        model.Entity<Conclusion>().ToTable("conclusions").HasIndex(c => new { c.District, c.Consultation, c.Revision }).IsUnique();
        model.Entity<Countersignature>().ToTable("countersignatures").HasKey(c => new { c.District, c.Conclusion, c.Organ });
        model.Entity<DecisionItem>(item =>
        {
            item.ToTable("decision_items");
            item.Ignore(i => i.Ref).Ignore(i => i.OnLedger);
            item.HasIndex(i => new { i.District, i.Consultation });
            item.HasIndex(i => new { i.District, i.Meeting });
            item.HasIndex(i => new { i.District, i.Conclusion });
            item.HasIndex(i => new { i.District, i.Owner, i.State, i.DueOn });
        });
        model.Entity<DecisionReport>().ToTable("decision_reports").HasIndex(r => new { r.District, r.Decision });
        model.Entity<FreezeRequest>(freeze =>
        {
            freeze.ToTable("freeze_requests");
            freeze.Ignore(f => f.Ref);
            freeze.HasIndex(f => new { f.District, f.Party, f.State, f.Until });
            freeze.HasIndex(f => new { f.District, f.Organ, f.RequestedAt, f.Id });
            freeze.HasIndex(f => new { f.District, f.RequestedAt, f.Id });
        });
        model.Entity<CircularNotice>(circular =>
        {
            circular.ToTable("circular_notices");
            circular.Ignore(c => c.OnLedger);
            circular.HasIndex(c => new { c.District, c.Organ, c.DraftedAt, c.Id });
            circular.HasIndex(c => new { c.District, c.Letter });
        });
    }
}

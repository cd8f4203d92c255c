using Liandong.Documents;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<OfficialDocument> OfficialDocuments => Set<OfficialDocument>();
    public DbSet<DocumentVersion> DocumentVersions => Set<DocumentVersion>();
    public DbSet<DocumentIssuer> DocumentIssuers => Set<DocumentIssuer>();
    public DbSet<IssuerRemoval> IssuerRemovals => Set<IssuerRemoval>();
    public DbSet<DocumentRemark> DocumentRemarks => Set<DocumentRemark>();
    public DbSet<DocumentService> DocumentServices => Set<DocumentService>();
    public DbSet<DocumentAnswer> DocumentAnswers => Set<DocumentAnswer>();
    public DbSet<OrganCode> OrganCodes => Set<OrganCode>();
    public DbSet<IncomingPaper> IncomingPapers => Set<IncomingPaper>();
}

internal static class DocumentsStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<OfficialDocument>(document =>
        {
            document.ToTable("official_documents");
            document.Ignore(d => d.Ref).Ignore(d => d.OnLedger).Ignore(d => d.About).Ignore(d => d.IsSigned);
            document.HasIndex(d => new { d.District, d.Organ, d.State, d.ChangedAt, d.Id });
            document.HasIndex(d => new { d.District, d.AboutId });
            document.HasIndex(d => new { d.District, d.InReplyTo });
            document.HasIndex(d => new { d.District, d.Number });
        });
        model.Entity<DocumentVersion>(version =>
        {
            version.ToTable("document_versions");
            version.HasKey(v => new { v.District, v.Document, v.Revision });
        });
        model.Entity<DocumentIssuer>(issuer =>
        {
            issuer.ToTable("document_issuers");
            issuer.HasKey(i => new { i.District, i.Document, i.Organ });
            issuer.HasIndex(i => new { i.District, i.Organ, i.State, i.Document });
        });
        model.Entity<IssuerRemoval>().ToTable("issuer_removals").HasIndex(r => new { r.District, r.Organ, r.At });
        model.Entity<DocumentRemark>().ToTable("document_remarks").HasIndex(r => new { r.District, r.Document });
        model.Entity<DocumentService>(service =>
        {
            service.ToTable("document_services");
            service.HasKey(s => new { s.District, s.Document, s.Organ });
            service.HasIndex(s => new { s.District, s.Organ, s.ServedAt, s.Document });
        });
        model.Entity<DocumentAnswer>().ToTable("document_answers").HasIndex(a => new { a.District, a.Document });
        model.Entity<OrganCode>().ToTable("organ_codes").HasKey(c => new { c.District, c.Organ });
        model.Entity<IncomingPaper>(paper =>
        {
            paper.ToTable("incoming_papers");
            paper.Ignore(p => p.Ref).Ignore(p => p.Backfilled).Ignore(p => p.About);
            paper.HasIndex(p => new { p.District, p.Organ, p.ReceivedOn, p.Id });
            paper.HasIndex(p => new { p.District, p.AboutId });
        });
    }
}

using Liandong.Kernel.Duties;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>Tables of the engine itself: duties, ledger, keys.</summary>
internal static class CoreStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Duty>(duty =>
        {
            duty.ToTable("duties");
            duty.ShowsOnDesksOf(nameof(Duty.OwedBy), nameof(Duty.OwedTo));
            duty.Ignore(d => d.IsOpen).Ignore(d => d.IsPaused).Ignore(d => d.Subject);
            // Desks and lists: open ones by last moment, closed ones by the day of closing; the id keeps the order where many end at one midnight.
            duty.HasIndex(d => new { d.District, d.OwedBy, d.ClosedAt, d.DueAt, d.Id });
            duty.HasIndex(d => new { d.District, d.OwedTo, d.ClosedAt, d.DueAt, d.Id });
            duty.HasIndex(d => new { d.District, d.OwedByPerson, d.ClosedAt, d.DueAt, d.Id });
            duty.HasIndex(d => new { d.District, d.SubjectId });
            duty.HasIndex(d => new { d.District, d.ClosedAt, d.DueAt, d.Id });
            duty.HasIndex(d => new { d.District, d.Rule, d.OpenedAt });
            // What the sweep looks for: soon empty again, however many overdue ones are still open.
            duty.HasIndex(d => new { d.District, d.DueAt }).HasFilter("closed_at IS NULL AND breached_at IS NULL");
        });
        model.Entity<LedgerEntry>(entry =>
        {
            entry.ToTable("ledger_entries");
            entry.HasKey(e => new { e.District, e.Number });
            entry.HasIndex(e => new { e.District, e.SubjectId, e.Number });
            entry.HasIndex(e => new { e.District, e.At });
        });
        model.Entity<CalendarNotice>(notice =>
        {
            notice.ToTable("calendar_notices");
            notice.HasIndex(n => new { n.District, n.Year });
        });
        model.Entity<CalendarOverlayDay>(day =>
        {
            day.ToTable("calendar_overlay_days");
            day.HasIndex(d => new { d.District, d.Date });
        });
        model.Entity<DistrictLimit>(limit =>
        {
            limit.ToTable("district_limits");
            limit.HasIndex(l => new { l.District, l.Rule }).IsUnique();
        });
        model.Entity<DistrictSettings>().IsOfDirectory().ToTable("district_settings").HasIndex(s => s.District).IsUnique();
        model.Entity<ChainHead>(head =>
        {
            head.ToTable("chain_heads").IsTechnical();
            head.HasKey(h => h.District);
        });
        model.Entity<NumberSeries>(series =>
        {
            series.ToTable("number_series").IsTechnical();
            series.HasKey(s => new { s.District, s.Prefix, s.Year });
        });
        model.Entity<LedgerCursor>(cursor =>
        {
            cursor.ToTable("ledger_cursors").IsTechnical();
            cursor.HasKey(c => new { c.District, c.Reader });
        });
        model.Entity<UsedKey>(used =>
        {
            used.ToTable("used_keys").IsTechnical();
            used.HasKey(u => new { u.District, u.Key });
            used.HasIndex(u => u.At);
        });
        model.Entity<Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey>().ToTable("data_protection_keys").IsTechnical();
    }
}

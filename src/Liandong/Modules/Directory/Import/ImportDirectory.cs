using System.Globalization;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>
/// 导入机构人员: one row per post or liaison place. Every row goes through the same use cases as the pages, in one transaction: either all
/// rows are taken over, or none is and each faulty line says why. A row that says what is registered already changes nothing, so an exported file comes back as it went.
/// </summary>
public sealed class ImportDirectory(AppDb db, Ledger ledger, Actor actor, Clock clock, AddOrgan addOrgan, AddSection addSection, AddPerson addPerson, GivePost givePost, AppointLiaison appoint)
{
    public const int MaxRows = 5000;

    public static readonly IReadOnlyList<string> Headings = ["单位", "简称", "单位性质", "成员单位", "科室", "姓名", "手机号", "电子邮箱", "执法证号", "岗位", "职务", "自", "文号"];

    public sealed record Act(int Rows, string Digest) : IAct { static string IAct.Name => "directory.imported"; }

    /// <param name="Remarks">What stops a line, with its number; empty when the file is good.</param>
    /// <param name="Unchanged">Rows that are registered already.</param>
    public sealed record Outcome(int Rows, IReadOnlyList<RowRemark> Remarks, bool Committed, int Unchanged);

    /// <param name="confirmed">False tries the file only: everything is checked as it would be, and nothing is kept.</param>
    public async Task<Outcome> RunAsync(byte[] file, string fileName, bool confirmed, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryEdit);
        var sheet = Sheet.Read(file, fileName);
        foreach (var heading in new[] { "单位", "姓名", "岗位", "自" })
            if (!sheet.Has(heading)) throw new InvalidInput("File", $"表里没有“{heading}”一列,请用模板填写。");
        if (sheet.Rows.Count == 0) throw new InvalidInput("File", "表里没有内容。");
        if (sheet.Rows.Count > MaxRows) throw new InvalidInput("File", $"一次不能超过{MaxRows}行。");
        var (remarks, unchanged) = (new List<RowRemark>(), 0);
        await using var together = await ledger.TogetherAsync(ct);
        foreach (var row in sheet.Rows)
        {
            try
            {
                if (!await TakeAsync(sheet, row, ct)) unchanged++;
            }
            catch (InvalidInput wrong)
            {
                remarks.AddRange(wrong.Errors.Select(e => new RowRemark(row.Line, e.Key, e.Value)));
                db.ChangeTracker.Clear();
            }
            catch (Exception refused) when (refused is Refusal or NotFound)
            {
                remarks.Add(new RowRemark(row.Line, "", refused.Message));
                db.ChangeTracker.Clear();
            }
        }
        var good = confirmed && remarks.Count == 0;
        if (good)
        {
            var about = clock.NewId();
            await ledger.RecordAsync(new Act(sheet.Rows.Count, Convert.ToHexStringLower(Sm3.Digest(file))), new Subject("directory-import", about, "", "导入机构人员"), null, ct);
            await together.CommitAsync(ct);
        }
        return new Outcome(sheet.Rows.Count, remarks, good, unchanged);
    }

    /// <summary>False when the row is registered already.</summary>
    private async Task<bool> TakeAsync(Sheet sheet, SheetRow row, CancellationToken ct)
    {
        string Cell(string heading) => Clean(sheet.Cell(row, heading));
        var (organName, name, place) = (Cell("单位"), Cell("姓名"), Cell("岗位"));
        new InputCheck().Filled(organName, "单位", "单位", 100).Filled(name, "姓名", "姓名", 40).Filled(place, "岗位", "岗位", 40).Throw();
        if (!DateOnly.TryParseExact(Cell("自"), ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            throw new InvalidInput("自", "起始日期应写成年-月-日,例如 2026-11-23。");
        var organ = await db.Organs.FirstOrDefaultAsync(o => (o.Name == organName || o.ShortName == organName) && o.To == null, ct) ?? await addOrgan.RunAsync(
            new AddOrgan.Input(organName, Cell("简称"), KindOf(Cell("单位性质")), "", Cell("成员单位") is "是" or "Y" or "1" or "√", from), ct);
        var who = new AddPerson.Input(name, Cell("手机号"), Cell("电子邮箱"), Cell("执法证号"));
        var people = await PeopleAsync(organ.Id, who, ct);
        var (sectionName, named) = (Cell("科室"), Roles.All.Except(Roles.Administrators).FirstOrDefault(r => Roles.NameOf(r) == place || r == place));
        var at = sectionName.Length == 0 ? null : await db.Sections.Where(s => s.Organ == organ.Id && s.Name == sectionName && s.To == null).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct);
        // Whoever leaves on a day to come still holds the place, and stands in an export of today: the end that is settled must not be undone by reading it again.
        var today = clock.Today;
        if (named is not null && await db.Posts.AnyAsync(p => p.Organ == organ.Id && people.Contains(p.Person) && p.Role == named && p.Section == at && p.From == from && (p.To == null || p.To >= today), ct)) return false;
        var slot = SlotOf(place);
        if (slot is not null && await db.LiaisonAppointments.AnyAsync(a => a.Organ == organ.Id && people.Contains(a.Person) && a.Slot == slot && a.From == from && (a.To == null || a.To >= today), ct)) return false;
        // A new holding would otherwise go to whoever of the namesakes is read first.
        if (people.Count > 1) throw new InvalidInput("姓名", $"叫“{name}”的人员有{people.Count}位,分不清是哪一位。请填写能区分他们的手机号、执法证号或电子邮箱,或者在“机构与人员”页面上登记。");
        var person = people.Count == 1 ? people[0] : (await addPerson.RunAsync(who, ct)).Id;
        if (slot is { } liaison)
        {
            await appoint.RunAsync(new AppointLiaison.Input(organ.Id, person, liaison, from, Cell("文号")), ct);
            return true;
        }
        if (named is null) throw new InvalidInput("岗位", $"没有“{place}”这种岗位。可以填:{string.Join("、", Roles.All.Except(Roles.Administrators).Where(r => r is not (Roles.LiaisonLead or Roles.LiaisonOfficer)).Select(Roles.NameOf))}、会商联络负责人、联络员A、联络员B。");
        if (sectionName.Length > 0) at ??= (await addSection.RunAsync(new AddSection.Input(organ.Id, sectionName), ct)).Id;
        await givePost.RunAsync(new GivePost.Input(person, organ.Id, at, named, Cell("职务"), from), ct);
        return true;
    }

    /// <summary>
    /// Whom the row may mean: people of this name and telephone; without one, of this name in this organ. Another certificate number is another person.
    /// Of several, those whose certificate and address are the row's.
    /// </summary>
    private async Task<IReadOnlyList<Guid>> PeopleAsync(Guid organ, AddPerson.Input who, CancellationToken ct)
    {
        var named = db.People.AsNoTracking().Where(p => p.Name == who.Name);
        var people = await (who.Phone.Length > 0
            ? named.Where(p => p.Phone == who.Phone)
            : named.Where(p => db.Posts.Any(post => post.Person == p.Id && post.Organ == organ) || db.LiaisonAppointments.Any(a => a.Person == p.Id && a.Organ == organ))).ToListAsync(ct);
        if (who.CertificateNumber.Length > 0) people.RemoveAll(p => p.CertificateNumber.Length > 0 && p.CertificateNumber != who.CertificateNumber);
        var same = people.Where(p => p.CertificateNumber == who.CertificateNumber && p.Email == who.Email).ToList();
        return [.. (people.Count > 1 && same.Count > 0 ? same : people).Select(p => p.Id)];
    }

    private static OrganKind KindOf(string text) => text.Length == 0 ? OrganKind.Department
        : Enum.GetValues<OrganKind>().Where(k => DirectoryQueries.NameOf(k) == text).Select(k => (OrganKind?)k).FirstOrDefault()
            ?? throw new InvalidInput("单位性质", $"单位性质应是:{string.Join("、", Enum.GetValues<OrganKind>().Select(DirectoryQueries.NameOf))}。");

    private static LiaisonSlot? SlotOf(string place) => place.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "会商联络负责人" => LiaisonSlot.Lead,
        "联络员A" or "联络员" => LiaisonSlot.A,
        "联络员B" => LiaisonSlot.B,
        _ => null,
    };

    /// <summary>The apostrophe that keeps a text from being a formula is not part of it.</summary>
    private static string Clean(string text) => text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
}

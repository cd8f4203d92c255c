using Liandong.Data;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>What happened to an account, from the ledger.</summary>
public static class AccountHistory
{
    private static readonly Dictionary<string, (string What, Tone Tone)> Acts = new()
    {
        ["account.invited"] = ("邀请开通", Tone.Neutral), ["account.password-changed"] = ("设置密码", Tone.Neutral), ["account.totp-on"] = ("开启动态口令", Tone.Good), ["account.totp-off"] = ("关闭动态口令", Tone.Warn),
        ["account.recovery-codes-renewed"] = ("更换恢复码", Tone.Neutral), ["account.locked"] = ("连续输错,账号锁定", Tone.Warn), ["account.unlocked"] = ("解锁", Tone.Neutral), ["account.reset"] = ("重新发放链接,原密码作废", Tone.Warn),
        ["account.disabled"] = ("停用", Tone.Warn), ["account.enabled"] = ("启用", Tone.Good), ["first-administrator.set-up"] = ("设立首位安全管理员", Tone.Neutral),
    };

    public static async Task<IReadOnlyList<TimelineEntry>> OfAsync(AppDb db, Guid account, CancellationToken ct)
    {
        var rows = await (from e in db.LedgerEntries.AsNoTracking()
                          where e.SubjectId == account && e.SubjectKind == "account"
                          join p in db.People on e.Person equals p.Id into people
                          from who in people.DefaultIfEmpty()
                          join o in db.Organs on e.Organ equals o.Id into organs
                          from organ in organs.DefaultIfEmpty()
                          orderby e.Number descending
                          select new { e.At, e.Act, e.Channel, e.Number, Who = who != null ? who.Name : "平台", Organ = organ != null ? organ.ShortName : "" }).Take(50).ToListAsync(ct);
        return [.. rows.Select(r => new TimelineEntry(r.At, r.Who, r.Organ, "", Acts.TryGetValue(r.Act, out var act) ? act.What : r.Act, r.Channel, "", Tone: Acts.TryGetValue(r.Act, out act) ? act.Tone : Tone.Neutral))];
    }
}

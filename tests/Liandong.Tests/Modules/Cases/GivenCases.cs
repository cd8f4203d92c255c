using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    private int cases;

    /// <summary>The approval bureau of the district; made when there is none.</summary>
    public async Task<Organ> BureauAsync() =>
        await office.LookAsync(db => db.Organs.AsNoTracking().FirstOrDefaultAsync(o => o.Kind == OrganKind.Bureau)) ?? await OrganAsync("区审批局", OrganKind.Bureau);

    /// <summary>A message about a case of the item, granted and delivered this morning, of an enterprise of its own; <paramref name="with"/> changes it.</summary>
    public CaseInput CaseMessage(Item item, Func<CaseInput, CaseInput>? with = null)
    {
        var n = Interlocked.Increment(ref cases);
        var now = office.Services.GetRequiredService<Clock>().Now;
        var input = new CaseInput
        {
            Number = $"37010220260302{n:000000}", Item = item.Code, Kind = ApplicationKind.New, Division = "370102013", Address = "历下区经十路1号", Source = "市政务云",
            Party = new PartyInput { Kind = PartyKind.Enterprise, Name = $"济南示例{n}有限公司", Code = SampleCodes.SocialCreditCodeOf(n), LegalPerson = "张三", Address = "历下区经十路1号" },
            ReceivedAt = now.AddHours(-3), AcceptedAt = now.AddHours(-2), DecidedAt = now.AddHours(-1), DeliveredAt = now,
            Decision = new DecisionInput { Kind = DecisionKind.Granted, Number = $"历审许字〔2026〕{n}号", Content = "准予许可", Opinion = "符合条件", Approver = "李四" },
            Permit = new PermitInput { Number = SampleCodes.LicenceNumberOf(n), Name = item.ResultName, ValidFrom = Beijing.DayOf(now), ValidTo = Beijing.DayOf(now).AddYears(5).AddDays(-1) },
            Materials = [new CaseMaterial("申请书", "电子", 1, null, null)],
        };
        return with?.Invoke(input) ?? input;
    }

    /// <summary>Sends a message as the platform does for its own jobs.</summary>
    public async Task<IntakeResult> SendAsync(CaseInput input)
    {
        await BureauAsync();
        return await office.ActAsync(s => s.GetRequiredService<SendCase>().RunAsync(input, Office.Stop));
    }

    /// <summary>A case that was decided today and pushed to whoever supervises the item.</summary>
    public async Task<Case> CaseDecidedAsync(Item item, Func<CaseInput, CaseInput>? with = null)
    {
        var sent = await SendAsync(CaseMessage(item, with));
        return await office.LookAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == sent.Id));
    }

    /// <summary>A push delivered to the organ today; the item is made, and given to the organ, when none is named.</summary>
    public async Task<Push> PushDeliveredAsync(Organ organ, Item? item = null, Func<CaseInput, CaseInput>? with = null)
    {
        item ??= await SupervisedItemAsync(organ, $"事项{Interlocked.Increment(ref cases)}");
        var decided = await CaseDecidedAsync(item, with);
        return await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Case == decided.Id && p.Organ == organ.Id));
    }
}

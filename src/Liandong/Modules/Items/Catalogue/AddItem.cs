using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>登记事项。</summary>
public sealed class AddItem(AppDb db, Ledger ledger, Actor actor, Clock clock, RegisterBook register)
{
    public sealed record Act(Guid Item, string Code, string CodeScheme, string Name, ItemType Type, DateOnly From) : IAct { static string IAct.Name => "item.added"; }

    public async Task<Item> RunAsync(ItemInput input, CancellationToken ct)
    {
        actor.Demand(Rights.ItemEdit);
        Check(input).Throw();
        await CheckPlaceAsync(db, input, ct);
        var code = input.Code.Trim();
        if (await db.Items.AnyAsync(i => i.Code == code, ct)) throw new Refusal("item.code-taken", $"已有编码为{code}的事项。", field: "Code");
        var item = Make(db.District, clock.NewId(), input, clock.Today);
        db.Items.Add(item);
        await ledger.RecordAsync(ActOf(item), RegisterPen.About(item), null, ct);
        register.Forget();
        return item;
    }

    internal static Act ActOf(Item item) => new(item.Id, item.Code, item.CodeScheme, item.Name, item.Type, item.From);

    /// <summary>The item that an input describes, checked by the item's own rules.</summary>
    internal static Item Make(string district, Guid id, ItemInput input, DateOnly today)
    {
        var from = input.From ?? today;
        var item = new Item { District = district, Id = id, Code = input.Code.Trim(), From = from, StandInFor = input.StandInFor.Trim() };
        Revise(item, input);
        if (input.Inspection is { } inspection && inspection != InspectionClass.None) item.ClassifyInspection(inspection, from);
        return item;
    }

    internal static void Revise(Item item, ItemInput input)
    {
        var code = input.BodyCode.Trim().Length == 0 ? null : SocialCreditCode.Check(input.BodyCode);
        item.Revise(input, Pinyin.Initials(input.Name), code?.Value ?? "", code is null or { IsValid: true } ? "" : code.Why);
    }

    /// <summary>Shape of the input: what is missing or too long.</summary>
    internal static InputCheck Check(ItemInput input)
    {
        var check = new InputCheck().Filled(input.Code, nameof(input.Code), "事项编码", 80).Filled(input.Name, nameof(input.Name), "事项名称", 200)
            .NotLonger(input.CodeScheme, nameof(input.CodeScheme), "编码规则", 40).NotLonger(input.MainItem, nameof(input.MainItem), "主项名称", 200)
            .NotLonger(input.LegalBasis, nameof(input.LegalBasis), "设定依据", 4000).NotLonger(input.PowerSource, nameof(input.PowerSource), "权力来源", 40)
            .NotLonger(input.BodyName, nameof(input.BodyName), "实施主体", 100).NotLonger(input.BodyCode, nameof(input.BodyCode), "实施主体代码", 40)
            .NotLonger(input.StatutoryNote, nameof(input.StatutoryNote), "法定时限说明", 500).NotLonger(input.SpecialProcedure, nameof(input.SpecialProcedure), "特别程序", 1000)
            .NotLonger(input.ResultName, nameof(input.ResultName), "结果名称", 100).NotLonger(input.ResultKind, nameof(input.ResultKind), "结果类型", 40)
            .NotLonger(input.ServedParties, nameof(input.ServedParties), "服务对象", 100).NotLonger(input.Quota, nameof(input.Quota), "数量限制", 200)
            .NotLonger(input.FeeBasis, nameof(input.FeeBasis), "收费依据", 1000).NotLonger(input.IntermediaryService, nameof(input.IntermediaryService), "中介服务", 500)
            .NotLonger(input.JointOrgans, nameof(input.JointOrgans), "联办机构", 500).NotLonger(input.OwnSystem, nameof(input.OwnSystem), "部门业务系统", 200)
            .NotLonger(input.OwnSystemNetwork, nameof(input.OwnSystemNetwork), "运行网络", 40).NotLonger(input.Remedy, nameof(input.Remedy), "救济途径", 1000)
            .That(input.Visits is null or (>= 0 and <= 20), nameof(input.Visits), "到现场次数应在0到20之间。")
            .That(input.Materials.Count <= 200, nameof(input.Materials), "申报材料不能超过200项。").That(input.Conditions.Count <= 200, nameof(input.Conditions), "受理条件不能超过200条。")
            .That(input.Steps.Count <= 50, nameof(input.Steps), "办理环节不能超过50个。");
        if (input.Materials.Any(m => string.IsNullOrWhiteSpace(m.Name) || m.Name.Length > 200)) check.That(false, nameof(input.Materials), "每项材料都要有名称,不超过200字。");
        return check;
    }

    internal static async Task CheckPlaceAsync(AppDb db, ItemInput input, CancellationToken ct)
    {
        if (input.FormerOrgan is { } organ && !await db.Organs.AnyAsync(o => o.Id == organ, ct)) throw new InvalidInput(nameof(input.FormerOrgan), "没有这个单位。");
        if (input.BureauSection is { } section && !await db.Sections.AnyAsync(s => s.Id == section, ct)) throw new InvalidInput(nameof(input.BureauSection), "没有这个科室。");
    }
}

using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>修改事项。The act says which fields changed, the fields themselves are read at the item.</summary>
public sealed class ChangeItem(AppDb db, Ledger ledger, Actor actor, RegisterBook register)
{
    public sealed record Act(Guid Item, string Code, IReadOnlyList<string> Fields) : IAct { static string IAct.Name => "item.changed"; }

    /// <returns>False when the input says what the item says already: nothing is recorded then.</returns>
    public async Task<bool> RunAsync(Guid id, ItemInput input, CancellationToken ct)
    {
        actor.Demand(Rights.ItemEdit);
        AddItem.Check(input with { Code = "-" }).Throw();
        await AddItem.CheckPlaceAsync(db, input, ct);
        var item = await db.Items.SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该事项");
        var before = ItemInput.Of(item);
        AddItem.Revise(item, input);
        var fields = Differences(before, ItemInput.Of(item));
        if (fields.Count == 0) return false;
        await ledger.RecordAsync(new Act(item.Id, item.Code, fields), RegisterPen.About(item), null, ct);
        register.Forget();
        return true;
    }

    /// <summary>Names of the fields in which two descriptions differ, as the screens call them.</summary>
    internal static IReadOnlyList<string> Differences(ItemInput a, ItemInput b)
    {
        var fields = new List<string>();
        void Same<T>(string label, T x, T y) { if (!EqualityComparer<T>.Default.Equals(x, y)) fields.Add(label); }
        void SameList<T>(string label, IReadOnlyList<T> x, IReadOnlyList<T> y) { if (!x.SequenceEqual(y)) fields.Add(label); }
        Same("事项名称", a.Name, b.Name);
        Same("编码规则", a.CodeScheme, b.CodeScheme);
        SameList("其他编码", a.OtherCodes, b.OtherCodes);
        Same("主项名称", a.MainItem, b.MainItem);
        Same("事项类型", a.Type, b.Type);
        Same("行使层级", a.Level, b.Level);
        Same("设定依据", a.LegalBasis, b.LegalBasis);
        Same("权力来源", a.PowerSource, b.PowerSource);
        Same("实施主体", a.BodyName, b.BodyName);
        Same("实施主体代码", a.BodyCode, b.BodyCode);
        Same("办件类型", a.Handling, b.Handling);
        Same("法定办结时限", (a.StatutoryDays, a.StatutoryNote), (b.StatutoryDays, b.StatutoryNote));
        Same("承诺办结时限", a.PromisedDays, b.PromisedDays);
        Same("特别程序", a.SpecialProcedure, b.SpecialProcedure);
        Same("勘验期间是否停算", a.InspectionSuspends, b.InspectionSuspends);
        Same("结果", (a.ResultName, a.ResultKind), (b.ResultName, b.ResultKind));
        Same("有效期", a.ValidityMonths, b.ValidityMonths);
        Same("原实施部门", a.FormerOrgan, b.FormerOrgan);
        Same("承办科室", a.BureauSection, b.BureauSection);
        Same("认领时限", a.ClaimDays, b.ClaimDays);
        Same("年检年审年报", a.AnnualReport, b.AnnualReport);
        Same("服务对象", a.ServedParties, b.ServedParties);
        Same("到现场次数", a.Visits, b.Visits);
        Same("数量限制", a.Quota, b.Quota);
        Same("收费", (a.Charges, a.FeeBasis), (b.Charges, b.FeeBasis));
        Same("中介服务", a.IntermediaryService, b.IntermediaryService);
        Same("联办机构", a.JointOrgans, b.JointOrgans);
        Same("部门业务系统", (a.OwnSystem, a.OwnSystemNetwork), (b.OwnSystem, b.OwnSystemNetwork));
        Same("救济途径", a.Remedy, b.Remedy);
        SameList("申报材料", a.Materials, b.Materials);
        SameList("受理条件", a.Conditions, b.Conditions);
        SameList("办理环节", a.Steps, b.Steps);
        return fields;
    }
}

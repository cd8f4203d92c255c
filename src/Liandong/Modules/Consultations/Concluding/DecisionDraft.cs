using Liandong.Data;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>决定事项 as it is drafted, with a joint conclusion or with the minutes of a meeting.</summary>
/// <param name="Owner">责任单位.</param>
/// <param name="DueOn">责任期限.</param>
/// <param name="Assisting">协办单位.</param>
/// <param name="Group">承办的专项对接组, one that the meeting called.</param>
public sealed record DecisionDraft(string Text, Guid Owner, DateOnly DueOn, IReadOnlyList<Guid>? Assisting = null, Guid? Group = null)
{
    /// <summary>Decision items of one conclusion or one meeting at most.</summary>
    public const int Most = 20;

    /// <summary>What <see cref="DecisionFields"/> posts; an item without words is left out, and a half-filled one is a fault.</summary>
    public static IReadOnlyList<DecisionDraft> Read(Posted form, int rows)
    {
        var items = new List<DecisionDraft>();
        for (var n = 1; n <= rows; n++)
        {
            if (form.Text($"Items{n}Text").Length == 0)
            {
                if (form.Id($"Items{n}Owner") is not null || form.Text($"Items{n}DueOn").Length > 0) form.Fault($"Items{n}Text", "请填写要办的事,或者清空这一项。");
                continue;
            }
            items.Add(new DecisionDraft(form.Text($"Items{n}Text"), form.RequiredId($"Items{n}Owner", "责任单位"), form.RequiredDay($"Items{n}DueOn", "责任期限"), form.Ids($"Items{n}Assisting"), form.Id($"Items{n}Group")));
        }
        return items;
    }

    /// <summary>Whether each item says what, by whom and by when.</summary>
    public static InputCheck Check(InputCheck check, IReadOnlyList<DecisionDraft> items, DateOnly today)
    {
        check.That(items.Count <= Most, "Items", $"决定事项不能超过{Most}项。");
        foreach (var (n, item) in items.Index())
            check.Filled(item.Text, $"Items{n + 1}Text", $"决定事项{n + 1}", 500).That(item.Owner != Guid.Empty, $"Items{n + 1}Owner", "请选择责任单位。").That(item.DueOn > today, $"Items{n + 1}DueOn", "责任期限应当晚于今天。");
        return check;
    }

    /// <param name="parties">Who may be named.</param>
    /// <param name="who">What they are called: 会商的一方.</param>
    /// <param name="groups">Which working groups may be named; a conclusion names none.</param>
    /// <exception cref="InvalidInput">Another organ or group is named.</exception>
    public static void MustBeOf(IReadOnlyList<DecisionDraft> items, IReadOnlySet<Guid> parties, string who, IReadOnlyCollection<Guid>? groups = null)
    {
        foreach (var (n, item) in items.Index())
        {
            if (!parties.Contains(item.Owner)) throw new InvalidInput($"Items{n + 1}Owner", $"责任单位应当是{who}。");
            if ((item.Assisting ?? []).Any(o => !parties.Contains(o))) throw new InvalidInput($"Items{n + 1}Assisting", $"协办单位应当是{who}。");
            if (item.Group is { } group && groups?.Contains(group) != true) throw new InvalidInput($"Items{n + 1}Group", "承办的应当是本次会议召集的专项对接组。");
        }
    }

    /// <summary>协办单位, each once and without the owner.</summary>
    public IReadOnlyList<Guid> Others => [.. (Assisting ?? []).Where(o => o != Owner).Distinct()];

    /// <summary>Drops the items of a draft that another takes the place of.</summary>
    public static async Task DropAsync(AppDb db, Guid conclusion, CancellationToken ct)
    {
        foreach (var item in await db.DecisionItems.Where(i => i.Conclusion == conclusion).ToListAsync(ct)) item.Drop();
    }
}

using Liandong.Shared;

namespace Liandong.Modules.Items;

/// <summary>How pages, exports and addresses speak of items.</summary>
public static class ItemView
{
    public static string StateName(ItemState state) => state switch { ItemState.InForce => "在用", ItemState.Planned => "未启用", _ => "已停用" };

    public static Tone StateTone(ItemState state) => state switch { ItemState.InForce => Tone.Good, ItemState.Planned => Tone.Info, _ => Tone.Neutral };

    /// <summary>The filter that an address describes; what is not understood is left out.</summary>
    public static ItemFilter FilterOf(string? q, string? type, string? department, string? state, string? view) =>
        new(q ?? "", Parse<ItemType>(type), Guid.TryParse(department, out var organ) ? organ : null, Parse<ItemState>(state), view == "unassigned");

    public static T? Parse<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    public static string Months(int? months) => months switch { null => "长期", { } m when m % 12 == 0 => $"{m / 12}年", { } m => $"{m}个月" };

    // Lists in forms and templates are one entry per line, its parts apart by a bar: 营业执照|必要|复印件|数据共享.

    public static string Lines(IReadOnlyList<Material> materials) => string.Join('\n', materials.Select(m => $"{m.Name}|{(m.Required ? "必要" : "非必要")}|{m.Form}|{m.Source}".TrimEnd('|')));

    public static string Lines(IReadOnlyList<HandlingStep> steps) => string.Join('\n', steps.Select(s => $"{s.Name}|{s.Days}|{s.Who}".TrimEnd('|')));

    public static string Lines(IReadOnlyList<ItemCode> codes) => string.Join('\n', codes.Select(c => $"{c.Scheme}|{c.Code}"));

    public static IReadOnlyList<Material> MaterialsOf(string text) => [.. Split(text).Select(p => new Material(p[0], Part(p, 1) is not ("非必要" or "否" or "可容缺"), Part(p, 2), Part(p, 3)))];

    public static IReadOnlyList<HandlingStep> StepsOf(string text) => [.. Split(text).Select(p => new HandlingStep(p[0], int.TryParse(Part(p, 1), out var days) ? days : null, Part(p, 2)))];

    public static IReadOnlyList<ItemCode> CodesOf(string text) => [.. Split(text).Select(p => p.Length == 1 ? new ItemCode(CodeSchemes.Propose(p[0]), p[0]) : new ItemCode(p[0], p[1]))];

    public static IReadOnlyList<string> EntriesOf(string text) => [.. text.Split(['\n', ';', '\uFF1B'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static IEnumerable<string[]> Split(string text) =>
        text.Split(['\n', ';', '\uFF1B'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(['|', '\uFF5C'], StringSplitOptions.TrimEntries)).Where(p => p[0].Length > 0);

    private static string Part(string[] parts, int at) => at < parts.Length ? parts[at] : "";
}

using Liandong.Documents.Layout;

namespace Liandong.Documents;

public enum DiffKind { Same, Removed, Added }

public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>What changed between two revisions, paragraph by paragraph: the longest common sequence stays, the rest was taken out or put in.</summary>
public static class DocumentDiff
{
    public static IReadOnlyList<DiffLine> Of(DocumentContent before, DocumentContent after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var common = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
            for (var j = b.Count - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var lines = new List<DiffLine>();
        var (x, y) = (0, 0);
        while (x < a.Count || y < b.Count)
        {
            if (x < a.Count && y < b.Count && a[x] == b[y])
            {
                lines.Add(new DiffLine(DiffKind.Same, a[x]));
                (x, y) = (x + 1, y + 1);
            }
            else if (x < a.Count && (y == b.Count || common[x + 1, y] >= common[x, y + 1])) lines.Add(new DiffLine(DiffKind.Removed, a[x++]));
            else lines.Add(new DiffLine(DiffKind.Added, b[y++]));
        }
        return lines;
    }

    private static List<string> Lines(DocumentContent content) =>
    [
        .. content.SignedBy.Count > 1 ? ["发文机关：" + string.Join("、", content.SignedBy)] : Array.Empty<string>(), "标题：" + content.Title, .. content.To.Count > 0 ? ["主送：" + string.Join("、", content.To)] : Array.Empty<string>(), .. BodyText.Write(content.Body).Split('\n'), .. content.Attachments.Select((a, i) => $"附件{i + 1}：{a}"),
        .. content.Annexes.SelectMany(a => BodyText.Write(a.Body).Split('\n').Prepend($"{content.MarkOf(a)} {a.Title}")),
        .. content.Attendance is { } there ? new[] { ("出席：", there.Present), ("请假：", there.OnLeave), ("列席：", there.Observing) }.Where(x => x.Item2.Count > 0).Select(x => x.Item1 + string.Join("、", x.Item2)) : [],
        .. content.Note.Length > 0 ? ["附注：" + content.Note] : Array.Empty<string>(), .. content.CopyTo.Count > 0 ? ["抄送：" + string.Join("、", content.CopyTo)] : Array.Empty<string>(),
    ];
}

using static Liandong.Documents.Layout.Standard;

namespace Liandong.Documents.Layout;

/// <summary>版头 and title of the three formats, cover of a volume.</summary>
internal sealed partial class Typesetting
{
    // The mark is as large as its line allows, between 1号 and 52 points (7.2.4 «以醒目、美观、庄重为原则»; the numbers are ours).
    private const double LargestMark = 52, SmallestMark = 22;

    private void GeneralHead()
    {
        CornerMarks(Top);
        var bottom = Mark(content.MarkSaysDocument ? "文件" : "", Top + MarkBelowTop);
        NumberAndSigners(bottom);
        TitleBelow(y + LinesBeforeTitle * step);
    }

    private void MinutesHead()
    {
        // 10.3 «纪要标志由“×××纪要”组成,居中排布,上边缘至版心上边缘为35 mm,推荐使用红色小标宋体字»; the rest of its head is custom (ours): number below, organ and date on a line above the rule.
        CornerMarks(Top);
        var bottom = Mark("", Top + MarkBelowTop);
        y = bottom + (step - Em) / 2 + step;
        if (content.Number.Length > 0) SlotAt(Part.Number, content.Number, Face.Fang, Left + (Width - Advance(content.Number)) / 2, Width);
        y += step;
        var date = content.Date is { } day ? $"{day.Year}年{day.Month}月{day.Day}日" : "";
        // A long name is set narrower where it would run into the date.
        if (content.SignedBy.Count > 0) SlotAt(Part.Signature, string.Join("　", content.SignedBy), Face.Fang, Left + Cell, Width - (date.Length > 0 ? 3 * Cell + Advance(date) : 2 * Cell));
        if (date.Length > 0) SlotAt(Part.Date, date, Face.Fang, Right - Cell - Advance(date), Width);
        RedRule(y + (step + Em) / 2 + RuleBelow);
        TitleBelow(y + LinesBeforeTitle * step);
    }

    private void VolumeHead()
    {
        // Ours: the mark as in minutes, the year below it, organ and day at the foot of the cover; the contents begin on a page of their own.
        var bottom = Mark("", Top + MarkBelowTop);
        y = bottom + (step - Em) / 2 + LinesBeforeNumber * step;
        Centred(Part.Number, content.Number);
        y = Bottom - (content.SignedBy.Count + 2) * step;
        foreach (var organ in content.SignedBy) Centred(Part.Signature, organ);
        if (content.Date is { } day) Centred(Part.Date, $"{day.Year}年{day.Month}月{day.Day}日");
        NewPage();
        TitleLines(Part.Title, content.Title, y + (step - Em) / 2);
        Skip(1);

        void Centred(Part part, string text)
        {
            SlotAt(part, text, Face.Fang, Left + Math.Max(0, (Width - Advance(text)) / 2), Width);
            y += step;
        }
    }

    private void LetterHead()
    {
        var bottom = Mark("", LetterMarkTop);
        var rule = bottom + RuleBelow;
        DoubleRule(rule, thickFirst: true);
        DoubleRule(PageHeight - LetterRuleAboveEdge - Thin - Gap - Thick, thickFirst: false);
        // 10.1 «发文字号顶格居版心右边缘编排在第一条红色双线下,与该线的距离为3号汉字高度的7/8»; the marks of the corner stand left at the same height.
        var top = rule + Thick + Gap + Thin + SevenEighths;
        var rows = CornerMarks(top - (step - Em) / 2);
        if (content.Number.Length > 0) Text(Part.Number, content.Number, Face.Fang, Ink.Black, Size3, Right - Advance(content.Number), top + Ascent * Em, Cell);
        // «标题居中编排,与其上最后一个要素相距二行».
        TitleBelow(top + Em + (step - Em) / 2 + Math.Max(0, rows - 1) * step + LinesBeforeTitle * step);
    }

    /// <summary>份号、密级和保密期限、紧急程度, in this order (7.2.1–7.2.3). Returns how many lines they take.</summary>
    private int CornerMarks(double top)
    {
        var rows = 0;
        // 密级 stands on the second line even when there is no 份号 (7.2.2); in a letter the first line is taken by what comes first.
        if (content.CopyNumber.Length > 0) Corner(Part.CopyNumber, content.CopyNumber, Face.Fang);
        else if (content.Secrecy != Secrecy.None && content.Format != DocumentForm.Letter) rows++;
        if (content.Secrecy != Secrecy.None) Corner(Part.Secrecy, Word(content.Secrecy) + (content.SecretFor.Length > 0 ? "★" + content.SecretFor : ""), Face.Hei);
        if (content.Urgency != Urgency.None) Corner(Part.Urgency, content.Urgency == Urgency.Urgent ? "加急" : "特急", Face.Hei);
        return rows;

        void Corner(Part part, string text, Face face) => Text(part, text, face, Ink.Black, Size3, Left, top + rows++ * step + (step - Em) / 2 + Ascent * Em, Cell);
    }

    private static string Word(Secrecy secrecy) => secrecy switch { Secrecy.Secret => "秘密", Secrecy.Confidential => "机密", _ => "绝密" };

    /// <summary>发文机关标志 with the upper edge of its ink at <paramref name="top"/>. Returns the lower edge of its body.</summary>
    private double Mark(string suffix, double top)
    {
        var names = content.Mark;
        var width = Width - 2 * Cell;
        var together = names.Count == 1 ? names[0] + suffix : names.MaxBy(n => n.Length)! + suffix;
        var size = Math.Clamp(Math.Floor(width / (Advances(together, Face.Title, 1).Sum() * MillimetresPerPoint) * 2) / 2, 0, names.Count == 1 ? LargestMark : LargestMark * 0.7);
        // A name too long for the smallest size is set narrower.
        var em = Math.Max(size, SmallestMark) * MillimetresPerPoint;
        var pitch = size < SmallestMark ? width / Advances(together, Face.Title, 1).Sum() : em;
        var points = Math.Max(size, SmallestMark);
        var (_, inkTop) = fonts.InkOf(Face.Title, names[0]);
        if (names.Count == 1)
        {
            var advances = Advances(together, Face.Title, pitch).Sum();
            Text(Part.Mark, together, Face.Title, Ink.Red, points, Left + (Width - advances) / 2, top + inkTop * em, pitch);
            return top + inkTop * em + Descent * em;
        }
        // 7.2.4 «联合行文时 … 如有“文件”二字,应当置于发文机关名称右侧,以联署发文机关名称为准上下居中排布»; shorter names are spread to the width of the longest.
        var widest = names.Max(n => Advances(n, Face.Title, pitch).Sum());
        var suffixWidth = Advances(suffix, Face.Title, pitch).Sum();
        var line = em * 1.35;
        var left = Left + (Width - widest - suffixWidth - (suffix.Length > 0 ? pitch / 2 : 0)) / 2;
        for (var i = 0; i < names.Count; i++)
        {
            var advances = Advances(names[i], Face.Title, pitch).ToArray();
            for (var k = 0; k + 1 < advances.Length; k++) advances[k] += (widest - Advances(names[i], Face.Title, pitch).Sum()) / (advances.Length - 1);
            pages[^1].Runs.Add(new Run(Part.Mark, left, top + inkTop * em + i * line, points, Face.Title, Ink.Red, names[i], advances));
        }
        Text(Part.Mark, suffix, Face.Title, Ink.Red, points, left + widest + pitch / 2, top + inkTop * em + (names.Count - 1) * line / 2, pitch);
        return top + inkTop * em + (names.Count - 1) * line + Descent * em;
    }

    private void NumberAndSigners(double markBottom)
    {
        y = markBottom + (step - Em) / 2 + LinesBeforeNumber * step;
        if (content.Signers.Count == 0)
        {
            // 7.2.5 «编排在发文机关标志下空二行位置,居中排布».
            if (content.Number.Length > 0) SlotAt(Part.Number, content.Number, Face.Fang, Left + (Width - Advance(content.Number)) / 2, Width);
        }
        else
        {
            // 7.2.5 «上行文的发文字号居左空一字编排,与最后一个签发人姓名处在同一行»; 7.2.6 «由“签发人”三字加全角冒号和签发人姓名组成,居右空一字 … “签发人”三字用3号仿宋体字,签发人姓名用3号楷体字».
            // «如有多个签发人,签发人姓名按照发文机关的排列顺序从左到右、自上而下依次均匀编排,一般每行排两个姓名,回行时与上一行第一个签发人姓名对齐».
            const string label = "签发人：";
            var rows = content.Signers.Chunk(2).ToList();
            var first = rows.Max(r => Advance(r[0]));
            var second = rows.Any(r => r.Length > 1) ? Cell + rows.Where(r => r.Length > 1).Max(r => Advance(r[1])) : 0;
            var names = Right - Cell - first - second;
            for (var i = 0; i < rows.Count; i++)
            {
                if (i == 0) SlotAt(Part.Signer, label, Face.Fang, names - Advance(label), Width);
                SlotAt(Part.Signer, rows[i][0], Face.Kai, names, Width);
                if (rows[i].Length > 1) SlotAt(Part.Signer, rows[i][1], Face.Kai, names + first + Cell, Width);
                if (i == rows.Count - 1 && content.Number.Length > 0) SlotAt(Part.Number, content.Number, Face.Fang, Left + Cell, Width);
                if (i < rows.Count - 1) y += step;
            }
        }
        RedRule(y + (step + Em) / 2 + RuleBelow);
    }

    /// <summary>The red rule whose upper edge is at <paramref name="top"/>; the next line comes below it.</summary>
    private void RedRule(double top)
    {
        pages[^1].Rules.Add(new Rule(Part.HeadRule, Left, top + HeadRule / 2, Right, top + HeadRule / 2, HeadRule, Ink.Red));
        y = top + HeadRule;
    }

    private void DoubleRule(double top, bool thickFirst)
    {
        var (x1, x2) = ((PageWidth - LetterRuleWidth) / 2, (PageWidth + LetterRuleWidth) / 2);
        var (a, b) = thickFirst ? (Thick, Thin) : (Thin, Thick);
        pages[^1].Rules.Add(new Rule(Part.HeadRule, x1, top + a / 2, x2, top + a / 2, a, Ink.Red));
        pages[^1].Rules.Add(new Rule(Part.HeadRule, x1, top + a + Gap + b / 2, x2, top + a + Gap + b / 2, b, Ink.Red));
    }

    private void TitleBelow(double slot)
    {
        TitleLines(Part.Title, content.Title, slot + (step - Em) / 2);
        Skip(LinesBeforeTo);
    }

    /// <summary>Sets a title of 2号 whose first line has the upper edge of its body at <paramref name="top"/>; the next line comes directly below.</summary>
    private void TitleLines(Part part, string title, double top)
    {
        var em = Size2 * MillimetresPerPoint;
        var most = Width / em - 1.5;
        var parts = TitleBreaks.Of(title, most, t => Advances(t, Face.Title, 1).Sum());
        foreach (var line in parts)
        {
            var width = Advances(line, Face.Title, em).Sum();
            var pitch = width > Width ? em * Width / width : em;
            Text(part, line, Face.Title, Ink.Black, Size2, Left + (Width - Math.Min(width, Width)) / 2, top + Ascent * em, pitch);
            top += em * 1.5;
        }
        y = top - em * 0.5 + (step - Em) / 2;
    }
}

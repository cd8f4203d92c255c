namespace Liandong.Documents.Layout;

/// <summary>
/// 7.3.1 «分一行或多行居中排布;回行时,要做到词意完整,排列对称,长短适宜,间距恰当,标题排列应当使用梯形或菱形».
/// </summary>
public static class TitleBreaks
{
    // Two-character words of this trade that a line must not cut; longer ones are made of them.
    private static readonly HashSet<string> Words =
    [
        .. ("行政 审批 服务 监管 许可 事项 联席 会议 现场 勘验 专家 论证 推送 认领 情况 结果 政策 调整 变更 撤回 撤销 注销 办理 意见 建设 项目 工程 管理 改革 领导 小组 办公 联动 信息 平台 档案 收费 划转 "
            + "中介 机构 责任 追究 商请 参加 参与 审核 会商 联络 对接 协调 专题 纪要 通知 通报 报告 请示 批复 答复 回复 复函 征求 商洽 协助 提供 材料 资料 食品 经营 餐饮 卫生 消防 安全 生产 城市 住房 城乡 "
            + "市场 监督 教育 科技 文化 旅游 体育 民政 财政 商务 人力 资源 社会 保障 园林 绿化 规划 自然 环境 交通 运输 水务 农业 农村 应急 退役 军人 卫健 医疗 有限 公司 济南 历下 人民 政府 关于 印发 "
            + "进一 一步 加强 做好 开展 落实 推进 完善 建立 健全 工作 制度 机制 实施 方案 办法 规定 细则 若干 决定 公告 公示 核查 检查 处罚 整改 投诉 举报 信访 复议 诉讼 听证 检验 检测 鉴定 勘察 设计 施工 验收 "
            + "联合 并联 网上 承接 取消 下放 衔接 区级 市级 省级 部门 单位 人员 名单 清单 目录 指南 标准 规范 流程 时限 期限 逾期 年度 月度 季度 全区 全市 有关 问题 请求 申请 申报 登记 备案 核准 认定 认可 资质 资格").Split(' '),
    ];

    /// <param name="most">Characters (in em of the title) that one line may have.</param>
    public static IReadOnlyList<string> Of(string title, double most, Func<string, double> width)
    {
        if (title.Contains('\n')) return title.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var total = width(title);
        if (total <= most) return [title];
        var lines = (int)Math.Ceiling(total / most);
        // Shorter lines look better than two that touch both margins.
        if (lines * most - total < 1) lines++;
        return Best(title, lines, most, width) ?? Best(title, lines + 1, most, width) ?? Cut(title, most, width);
    }

    private static IReadOnlyList<string>? Best(string title, int lines, double most, Func<string, double> width)
    {
        var places = Enumerable.Range(1, title.Length - 1).Where(i => MayBreak(title, i)).ToList();
        (double Cost, IReadOnlyList<string> Lines)? best = null;
        Try([], 0);
        return best?.Lines;

        void Try(List<string> taken, int from)
        {
            var left = lines - taken.Count;
            if (left == 1)
            {
                if (width(title[from..]) > most) return;
                var all = taken.Append(title[from..]).ToList();
                var cost = Shape([.. all.Select(width)]) + all.Skip(1).Sum(Start) + all.SkipLast(1).Sum(End);
                if (best is null || cost < best.Value.Cost) best = (cost, all);
                return;
            }
            foreach (var at in places.Where(p => p > from))
            {
                var line = title[from..at];
                if (width(line) > most) break;
                // What is left must fit the lines that are left.
                if (width(title[at..]) > most * (left - 1)) continue;
                Try([.. taken, line], at);
            }
        }
    }

    // Trapezoid (each line longer or each shorter than the one before) or diamond (longest in the middle); never a block, never an hourglass.
    private static double Shape(double[] w)
    {
        var mean = w.Average();
        var cost = w.Sum(x => Math.Abs(x - mean)) * 0.5;
        for (var i = 0; i + 1 < w.Length; i++)
            if (Math.Abs(w[i] - w[i + 1]) < 1) cost += 3;
        for (var i = 1; i + 1 < w.Length; i++)
            if (w[i] < w[i - 1] && w[i] < w[i + 1]) cost += 12;
        return cost;
    }

    private static double Start(string line) => line[0] is '的' or '和' or '与' or '及' or '等' or '了' or '中' or '第' && line.Length > 1 && line[1] is '号' ? 8 : line.StartsWith("关于", StringComparison.Ordinal) ? -3 : 0;

    private static double End(string line) => line.EndsWith("关于", StringComparison.Ordinal) || line[^1] is '第' or '和' or '与' or '及' or '对' or '向' or '将' or '在' ? 6 : line[^1] is '的' or '、' ? 1 : 0;

    private static bool MayBreak(string title, int at)
    {
        var (before, after) = (title[at - 1], title[at]);
        if ("，。、；：！？）》〉」』】〕”’…—%".Contains(after) || "（《〈「『【〔“‘".Contains(before)) return false;
        if (char.IsAscii(before) && char.IsAscii(after) || char.IsLowSurrogate(after)) return false;
        if (char.IsAsciiDigit(before) && after is '年' or '月' or '日' or '号' or '件' or '项' or '次') return false;
        return !Words.Contains(title.Substring(at - 1, 2));
    }

    private static List<string> Cut(string title, double most, Func<string, double> width)
    {
        var lines = new List<string>();
        for (var from = 0; from < title.Length;)
        {
            var to = from + 1;
            while (to < title.Length && width(title[from..(to + 1)]) <= most) to++;
            lines.Add(title[from..to]);
            from = to;
        }
        return lines;
    }
}

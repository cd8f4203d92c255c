namespace Liandong.Documents.Layout;

/// <summary>
/// The measures of GB/T 9704-2012, in mm and points. Each number stands here once, beside the sentence it comes from; what the standard leaves to custom is
/// marked as ours.
/// </summary>
public static class Standard
{
    /// <summary>5.1 «公文用纸采用GB/T 148中规定的A4型纸,其成品幅面尺寸为:210 mm×297 mm».</summary>
    public const double PageWidth = 210, PageHeight = 297;

    /// <summary>5.2.1 «公文用纸天头(上白边)为37 mm±1 mm,公文用纸订口(左白边)为28 mm±1 mm,版心尺寸为156 mm×225 mm».</summary>
    public const double Top = 37, Left = 28, Width = 156, Height = 225;

    public const double Right = Left + Width, Bottom = Top + Height;

    /// <summary>5.2.3 «一般每面排22行,每行排28个字,并撑满版心».</summary>
    public const int Lines = 22, Characters = 28;

    /// <summary>5.2.2 «如无特殊说明,公文格式各要素一般用3号仿宋体字»; 3号 is 16 points.</summary>
    public const double Size3 = 16;

    /// <summary>2号, the title.</summary>
    public const double Size2 = 22;

    /// <summary>4号, imprint and page number.</summary>
    public const double Size4 = 14;

    /// <summary>小四, text of tables (ours: the standard leaves tables free).</summary>
    public const double SizeTable = 12;

    public const double MillimetresPerPoint = 25.4 / 72;

    /// <summary>The width one of the 28 characters has.</summary>
    public const double Cell = Width / Characters;

    /// <summary>The distance of two of the 22 lines.</summary>
    public const double Line = Height / Lines;

    /// <summary>3.2 «行 … 标示公文中纵向距离的长度单位,一行指一个汉字的高度加3号汉字高度的7/8的距离»; the 7/8 alone is asked for below the red rules of a letter.</summary>
    public const double SevenEighths = Size3 * MillimetresPerPoint * 7 / 8;

    /// <summary>7.2.4 «发文机关标志居中排布,上边缘至版心上边缘为35 mm».</summary>
    public const double MarkBelowTop = 35;

    /// <summary>10.1 «发文机关标志 … 上边缘至上页边为30 mm».</summary>
    public const double LetterMarkTop = 30;

    /// <summary>7.2.7 «发文字号之下4 mm处居中印一条与版心等宽的红色分隔线»; 10.1 «发文机关标志下4 mm处印一条红色双线(上粗下细)».</summary>
    public const double RuleBelow = 4;

    /// <summary>10.1 «距下页边20 mm处印一条红色双线(上细下粗),线长均为170 mm,居中排布».</summary>
    public const double LetterRuleAboveEdge = 20, LetterRuleWidth = 170;

    /// <summary>Thick and thin line of the red double rule and the gap between them (ours).</summary>
    public const double Thick = 1.0, Thin = 0.35, Gap = 0.55;

    /// <summary>The red rule of the general format (ours).</summary>
    public const double HeadRule = 0.7;

    /// <summary>7.2.5 «编排在发文机关标志下空二行位置»; 7.3.1 «编排于红色分隔线下空二行位置»; 7.3.2 «编排于标题下空一行位置».</summary>
    public const int LinesBeforeNumber = 2, LinesBeforeTitle = 2, LinesBeforeTo = 1;

    /// <summary>7.4.1 «首条分隔线和末条分隔线用粗线(推荐高度为0.35 mm),中间的分隔线用细线(推荐高度为0.25 mm)».</summary>
    public const double ImprintThick = 0.35, ImprintThin = 0.25;

    /// <summary>7.5 «编排在公文版心下边缘之下,数字左右各放一条一字线;一字线上距版心下边缘7 mm».</summary>
    public const double PageNumberBelow = 7;

    /// <summary>7.3.5.1 «成文日期一般右空四字编排»; 7.3.5.2 «右空二字编排发文机关署名».</summary>
    public const int SealedDateFromRight = 4, UnsealedSignatureFromRight = 2;

    /// <summary>Two lines stay free above a signature that is sealed (ours): the seal of 42 mm then covers both lines and its top is less than a line below the text, as 7.3.5.1 asks.</summary>
    public const int LinesBeforeSealedSignature = 2;

    /// <summary>7.3.5.2 «在正文(或附件说明)下空一行».</summary>
    public const int LinesBeforeSignature = 1;

    /// <summary>Line distances tried, as lines per page, so that a signature does not stand alone: 7.3.5.5 «可以采取调整行距、字距的措施解决».</summary>
    public static readonly IReadOnlyList<int> LineChoices = [22, 23, 21, 24, 20];
}

using System.Text;

namespace Liandong.Documents.Layout;

/// <summary>The faces that GB/T 9704-2012 asks for.</summary>
public enum Face
{
    /// <summary>仿宋: text.</summary>
    Fang,

    /// <summary>楷体: second-level headings, signers.</summary>
    Kai,

    /// <summary>黑体: first-level headings, 附件, urgency.</summary>
    Hei,

    /// <summary>小标宋: mark and title.</summary>
    Title,

    /// <summary>宋体: page numbers.</summary>
    Song,
}

/// <summary>What the layout must know of the fonts that will draw it.</summary>
public interface IFontMeasure
{
    /// <summary>Advance in em. A character that no font has is as wide as its visible sign.</summary>
    double AdvanceOf(Face face, Rune character);

    /// <summary>Lowest and highest point of the ink of a text above the baseline, in em: what a ruler on the paper measures.</summary>
    (double Bottom, double Top) InkOf(Face face, string text);
}

namespace Liandong.Documents.Layout;

public enum Ink
{
    Black,

    /// <summary>套红: C0 M80 Y80 K0 as the standard says.</summary>
    Red,
}

/// <summary>What a run or rule is, so that a test or a reader of the drawing finds it.</summary>
public enum Part
{
    CopyNumber, Secrecy, Urgency, Mark, Number, Signer, HeadRule, Title, To, Text, Heading, Table, AttachmentNote, Signature, Date, Note,
    Attendance, AnnexMark, AnnexTitle, CopyTo, PrintedBy, ImprintRule, PageNumber, Draft,
}

/// <summary>Characters on one baseline in one face and size.</summary>
/// <param name="X">Left edge in mm from the page's left edge.</param>
/// <param name="Y">Baseline in mm from the page's top edge.</param>
/// <param name="Size">In points.</param>
/// <param name="Advances">How far each character (rune) moves to the next, in mm.</param>
/// <param name="Stretch">Width of the characters in parts of their natural width; below 1 where a long name must fit a line.</param>
public sealed record Run(Part Part, double X, double Y, double Size, Face Face, Ink Ink, string Text, IReadOnlyList<double> Advances, double Stretch = 1)
{
    public double Right => X + Advances.Sum();
}

/// <summary>A horizontal or vertical line; coordinates are its middle, in mm.</summary>
public sealed record Rule(Part Part, double X1, double Y1, double X2, double Y2, double Thickness, Ink Ink);

public sealed record PageDrawing(int Number, IReadOnlyList<Run> Runs, IReadOnlyList<Rule> Rules);

/// <summary>A document with every mark in its place; A4 pages in order.</summary>
/// <param name="LinesPerPage">22, or what the text was set at so that the signature does not stand alone on a page.</param>
/// <param name="Remarks">What the person who prints it should know: changed line distance, places a seal goes to.</param>
public sealed record Drawing(IReadOnlyList<PageDrawing> Pages, int LinesPerPage, IReadOnlyList<string> Remarks);

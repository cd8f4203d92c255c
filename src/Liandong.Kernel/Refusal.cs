using Liandong.Kernel.Notice;

namespace Liandong.Kernel;

/// <summary>
/// An act that the rules do not allow, said in the office's words. Pages show the sentence and its citation beside the
/// form; the API answers 409 (RFC 9457) with <see cref="Code"/>.
/// </summary>
public sealed class Refusal : Exception
{
    /// <param name="code">Stable, dotted, English: part of the API's contract, for example <c>push.already-claimed</c>.</param>
    /// <param name="sentence">One sentence in Chinese that says what is wrong and, where possible, how to mend it.</param>
    /// <param name="article">The article that the act would break, if one does.</param>
    /// <param name="field">The input that has to change, if it is one field.</param>
    public Refusal(string code, string sentence, Article? article = null, string? field = null) : base(sentence)
    {
        Code = code;
        Article = article;
        Field = field;
    }

    public string Code { get; }
    public Article? Article { get; }
    public string? Field { get; }

    /// <summary>Two people acted on the same thing; the other one was first.</summary>
    public static Refusal LostRace() => new("conflict.lost-race", "他人已先行办理,请刷新后查看最新情况。");
}

/// <summary>Absent, or not yours: the two are told apart to nobody.</summary>
public sealed class NotFound(string what) : Exception($"没有找到{what},或者您无权查看。")
{
    public static NotFound Of(string what) => new(what);
}

/// <summary>The actor's post does not carry the right for this act.</summary>
public sealed class Forbidden(string right) : Exception("您的岗位没有办理此事的权限。")
{
    public string Right { get; } = right;
}

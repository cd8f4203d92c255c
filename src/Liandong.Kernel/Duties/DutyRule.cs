using Liandong.Kernel.Notice;

namespace Liandong.Kernel.Duties;

/// <summary>
/// One kind of duty: which article makes an organ owe which act within which limit, and under which ground of
/// accountability (附件2 四) a breach becomes a clue.
/// </summary>
/// <param name="Code">Stable code such as <c>result.claim</c>; districts override the limit by this code.</param>
/// <param name="Name">The act owed, as a verb phrase: 认领审批结果.</param>
/// <param name="Article">The provision, with its words.</param>
/// <param name="Limit">The default limit; a district or an item may set another count.</param>
/// <param name="LocalNumber">True when the article gives no number, so that screens mark the limit 本地约定.</param>
/// <param name="BreachUnder">The ground that a breach is a clue under; null where a breach is only shown.</param>
public sealed record DutyRule(string Code, string Name, Article Article, Term Limit, bool LocalNumber = false, Article? BreachUnder = null);

using System.Text;

namespace Liandong.Kernel.Parties;

/// <summary>
/// The one tokenizer behind every search over Chinese, the same for SQLite and PostgreSQL. Neither engine can cut Chinese into words, and their trigram
/// indexes miss the two-character terms that offices use most; overlapping pairs of characters find them in both, without an extension.
/// </summary>
/// <remarks>
/// <para>
/// <b>Tokens.</b> A text is cut into runs: Chinese runs (and kana, hangul) and words of other letters and digits; everything else separates. A Chinese run gives
/// its overlapping pairs and then its last character alone: 建筑垃圾 → 建筑 筑垃 垃圾 圾. A word gives itself in lower case.
/// </para>
/// <para>
/// <b>Queries.</b> White space separates terms, all of which must occur. A term is a phrase of tokens in a row. Because every pair overlaps its neighbour and
/// a run ends with a single character, a phrase of pairs matches exactly the texts that contain the characters in a row. A single character is a prefix query
/// (it begins a pair, or is the last one of its run). The last word of a term is a prefix as well, so codes are found by their beginning. Punctuation is
/// ignored on both sides; letters and digits inside one term must stand in the text in the same order with nothing but punctuation between.
/// </para>
/// <para>
/// <b>Why tokens survive both engines unchanged.</b> A token holds only lower-case ASCII letters, digits and the ideographs U+3400–4DB5 and U+4E00–9FA5,
/// which were in Unicode 3.0. FTS5's unicode61 keeps letters and digits, folds case and strips diacritics: nothing of that is left to do. PostgreSQL's default
/// parser splits at punctuation and after numbers in scientific notation; the <c>simple</c> dictionary only folds case. Any other letter or digit (é, α, 〇, rare
/// ideographs outside the basic plane, the e of 12e5) is spelt as U+3400 and six hexadecimal digits, because older Unicode tables, diacritic folding, locales and
/// that notation disagree about them. Compared with SQLite's FTS5 and PostgreSQL 15 in the locales C and C.UTF-8 on random texts and queries.
/// </para>
/// <para>
/// <b>Limits.</b> PostgreSQL keeps 256 positions of a lexeme and numbers positions up to 16,383, so only the first <see cref="MaxTokens"/> tokens of a text are
/// indexed, and in a long text a phrase may be missed where its characters recur more than 256 times. Index names, titles and abstracts, not whole files.
/// </para>
/// </remarks>
public static class Bigrams
{
    /// <summary>Tokens of one text that are indexed; what follows is not searchable.</summary>
    public const int MaxTokens = 16_000;

    /// <summary>Longer words are cut, in the index and in queries alike. The longest item code has 64 characters between hyphens at most.</summary>
    public const int MaxWord = 64;

    /// <summary>Tokens of one query that are used; nobody types more, and a pasted page must not cost the server a thousand lookups.</summary>
    public const int MaxQueryTokens = 64;

    /// <summary>The tokens of a text in order, separated by spaces: the value for the FTS5 column (unicode61) and for <c>to_tsvector('simple', …)</c>.</summary>
    public static string IndexText(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var tokens = new StringBuilder(text.Length * 3);
        var count = 0;
        foreach (var run in RunsOf(text))
            foreach (var token in IndexTokens(run))
            {
                if (count++ == MaxTokens) return tokens.ToString();
                if (tokens.Length > 0) tokens.Append(' ');
                tokens.Append(token);
            }
        return tokens.ToString();
    }

    /// <summary>Several fields as one index text: a token that no query can contain stands between them, so no phrase runs from one into the next.</summary>
    public static string IndexFields(params IEnumerable<string?> fields) => string.Join($" {Escape(0)} ", fields.Select(IndexText).Where(each => each.Length > 0));

    /// <summary>What a person typed, as terms that the engines understand. Never throws; what has no letter or digit gives an empty query.</summary>
    public static BigramQuery Query(string? text)
    {
        var terms = new List<BigramTerm>();
        var left = MaxQueryTokens;
        foreach (var part in (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var runs = RunsOf(part).ToList();
            if (runs.Count == 0 || left == 0) continue;
            var tokens = new List<string>();
            var prefix = false;
            for (var i = 0; i < runs.Count; i++)
            {
                var last = i == runs.Count - 1;
                // A run that ends inside the term ends in the text as well, so its closing single character belongs to the phrase.
                tokens.AddRange(last && runs[i] is { Chinese: true, Letters.Count: > 1 } ? Pairs(runs[i]) : IndexTokens(runs[i]));
                prefix = last && (!runs[i].Chinese || runs[i].Letters.Count == 1);
            }
            if (tokens.Count > left) (tokens, prefix) = (tokens[..left], false);
            left -= tokens.Count;
            var term = new BigramTerm(tokens, prefix);
            if (!terms.Any(each => each.Prefix == term.Prefix && each.Tokens.SequenceEqual(term.Tokens))) terms.Add(term);
        }
        return new BigramQuery(terms);
    }

    /// <summary>A stretch of Chinese characters, or a word. Each letter is already in its final spelling.</summary>
    private readonly record struct Run(bool Chinese, List<string> Letters);

    private static IEnumerable<Run> RunsOf(string text)
    {
        List<string>? letters = null;
        var chinese = false;
        for (var i = 0; i < text.Length;)
        {
            // A lone surrogate is no character; it separates.
            if (!Rune.TryGetRuneAt(text, i, out var rune)) rune = Rune.ReplacementChar;
            i += rune == Rune.ReplacementChar ? 1 : rune.Utf16SequenceLength;
            if (rune.IsBmp) rune = new Rune(CodeText.HalfWidth((char)rune.Value));
            if (!Rune.IsLetterOrDigit(rune) && rune.Value != 0x3007)
            {
                // Combining marks belong to the letter before them and are dropped, as unicode61 would; all else ends the run.
                if (Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.NonSpacingMark && letters is not null) continue;
                if (letters is not null) yield return new Run(chinese, letters);
                letters = null;
                continue;
            }
            var isChinese = IsChinese(rune.Value);
            if (letters is not null && isChinese != chinese)
            {
                yield return new Run(chinese, letters);
                letters = null;
            }
            chinese = isChinese;
            letters ??= [];
            // PostgreSQL's parser reads 12e5abc as the number 12e5 and the word abc, so the e of a would-be exponent is spelt out.
            var exponent = rune.Value is 'e' or 'E' && letters.Count > 0 && letters.TrueForAll(each => each.Length == 1 && char.IsAsciiDigit(each[0]));
            letters.Add(exponent ? Escape('e') : Spell(rune));
        }
        if (letters is not null) yield return new Run(chinese, letters);
    }

    private static IEnumerable<string> IndexTokens(Run run)
    {
        if (run.Chinese) return Pairs(run).Append(run.Letters[^1]);
        var word = string.Concat(run.Letters);
        return [word.Length <= MaxWord ? word : word[..MaxWord]];
    }

    private static IEnumerable<string> Pairs(Run run)
    {
        for (var i = 1; i < run.Letters.Count; i++) yield return run.Letters[i - 1] + run.Letters[i];
    }

    private static string Spell(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        return lower.Value is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 0x4E00 and <= 0x9FA5) or (> EscapeMark and <= 0x4DB5) ? lower.ToString() : Escape(lower.Value);
    }

    private static string Escape(int value) => $"{EscapeMark}{value:x6}";

    // An ideograph that both engines take for a letter and that no text loses by: it is itself always escaped, so no two letters share a spelling.
    private const char EscapeMark = '\u3400';

    // Scripts written without spaces: ideographs of all planes, 〇, kana, hangul.
    private static bool IsChinese(int c) => c is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        or 0x3007 or (>= 0x3040 and <= 0x30FF) or (>= 0xAC00 and <= 0xD7A3);
}

/// <summary>Tokens that stand in a row; of the last one only the beginning where <paramref name="Prefix"/> is set.</summary>
public sealed record BigramTerm(IReadOnlyList<string> Tokens, bool Prefix);

/// <summary>
/// A search as data. The two renderings quote every token, and a token holds only letters, digits and ideographs (see <see cref="Bigrams"/>), so nothing
/// that a person types can reach the engines' query syntax. Pass them as parameters all the same.
/// </summary>
public sealed record BigramQuery(IReadOnlyList<BigramTerm> Terms)
{
    /// <summary>Nothing to search for: show the plain list, or nothing, but send no query (both engines refuse an empty one).</summary>
    public bool IsEmpty => Terms.Count == 0;

    /// <summary>For FTS5 <c>MATCH</c>: <c>"建筑 筑垃 垃圾" AND "jy137" *</c>.</summary>
    public string ToFts5() => string.Join(" AND ", Terms.Select(term => $"\"{string.Join(' ', term.Tokens)}\"{(term.Prefix ? " *" : "")}"));

    /// <summary>For <c>to_tsquery('simple', …)</c> or a cast to tsquery: <c>('建筑' &lt;-&gt; '筑垃') &amp; 'jy137':*</c>.</summary>
    public string ToTsQuery() => string.Join(" & ", Terms.Select(term =>
    {
        var phrase = string.Join(" <-> ", term.Tokens.Select((token, i) => $"'{token}'{(term.Prefix && i == term.Tokens.Count - 1 ? ":*" : "")}"));
        return term.Tokens.Count > 1 ? $"({phrase})" : phrase;
    }));
}

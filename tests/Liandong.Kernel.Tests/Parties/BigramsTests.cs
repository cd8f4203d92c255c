using System.Text.RegularExpressions;
using CsCheck;
using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public partial class BigramsTests
{
    [Theory]
    [InlineData("建筑垃圾", "建筑 筑垃 垃圾 圾")]
    [InlineData("A级景区", "a 级景 景区 区")]
    [InlineData("鲁济建许〔2026〕第12号", "鲁济 济建 建许 许 2026 第 12 号")]
    [InlineData("ＪＹ１３７０１　号", "jy13701 号")]
    [InlineData("511A0138000000-511602000000", "511a0138000000 511602000000")]
    [InlineData("听", "听")]
    [InlineData(" ,。()\0", "")]
    [InlineData(null, "")]
    public void A_text_becomes_pairs_and_words(string? text, string tokens) => Assert.Equal(tokens, Bigrams.IndexText(text));

    [Theory]
    [InlineData("建筑垃圾", "\"建筑 筑垃 垃圾\"", "('建筑' <-> '筑垃' <-> '垃圾')")]
    [InlineData("听证", "\"听证\"", "'听证'")]
    [InlineData("听", "\"听\" *", "'听':*")]
    [InlineData("JY137", "\"jy137\" *", "'jy137':*")]
    [InlineData("建筑 JY137", "\"建筑\" AND \"jy137\" *", "'建筑' & 'jy137':*")]
    [InlineData("〔2026〕第12", "\"2026 第 12\" *", "('2026' <-> '第' <-> '12':*)")]
    [InlineData("A级景区", "\"a 级景 景区\"", "('a' <-> '级景' <-> '景区')")]
    [InlineData("建筑 建筑", "\"建筑\"", "'建筑'")]
    public void A_query_is_rendered_for_both_engines(string query, string fts5, string tsquery)
    {
        Assert.Equal(fts5, Bigrams.Query(query).ToFts5());
        Assert.Equal(tsquery, Bigrams.Query(query).ToTsQuery());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("  \t　")]
    [InlineData("()*&|!:\"'")]
    public void Nothing_to_search_for_is_an_empty_query(string? query)
    {
        Assert.True(Bigrams.Query(query).IsEmpty);
        Assert.Equal("", Bigrams.Query(query).ToFts5());
    }

    [Theory]
    [InlineData("\" OR 建筑 *", "\"or\" * AND \"建筑\"")]
    [InlineData("建筑\" NOT x:y NEAR(", "\"建筑\" AND \"not\" * AND \"x y\" * AND \"near\" *")]
    [InlineData("a' | !b'::text; drop table", "\"a\" * AND \"b text\" * AND \"drop\" * AND \"table\" *")]
    public void Operators_of_the_engines_are_plain_words(string query, string fts5) => Assert.Equal(fts5, Bigrams.Query(query).ToFts5());

    /// <summary>A word that PostgreSQL would cut at 12e5, an accent that FTS5 would strip, characters that older Unicode tables do not know.</summary>
    [Theory]
    [InlineData("12e5abc", "12㐀0000655abc")]
    [InlineData("512E0053", "512㐀0000650053")]
    [InlineData("é", "㐀0000e9")]
    [InlineData("𠮷野家", "㐀020bb7野 野家 家")]
    [InlineData("二〇二六", "二㐀003007 㐀003007二 二六 六")]
    [InlineData("㐀", "㐀003400")]
    public void What_an_engine_would_change_is_spelt_out(string text, string tokens) => Assert.Equal(tokens, Bigrams.IndexText(text));

    [Fact]
    public void Fields_do_not_run_into_each_other()
    {
        var index = Bigrams.IndexFields("济南", null, "第 12", "号码");
        Assert.True(Fts5.Matches(index, "第12"));
        Assert.False(Fts5.Matches(index, "12号"));
        Assert.False(Fts5.Matches(index, "南,第"));
    }

    [Fact]
    public void Long_texts_words_and_queries_are_cut_alike()
    {
        Assert.Equal(Bigrams.MaxTokens, Bigrams.IndexText(new string('建', 50_000)).Split(' ').Length);
        var word = new string('7', 500);
        Assert.True(Fts5.Matches(Bigrams.IndexText(word), word));
        Assert.Equal(Bigrams.MaxQueryTokens, Bigrams.Query(new string('建', 5_000) + " 听证").Terms.Sum(term => term.Tokens.Count));
    }

    private static readonly Gen<string> Chinese = Gen.Char["建筑垃圾处置核准"].Array[1, 7].Select(letters => new string(letters));

    private static readonly Gen<string> Mixed = Gen.OneOf(
            Gen.Char["建筑垃圾处置核准〇㐀の"].Array[1, 4].Select(letters => new string(letters)),
            Gen.OneOf("𠮷", "a", "AA", "JY13", "1e5", "12E5abc", "0x1f", "2026", "3.14", "é", "Ａ", "not", "OR", "near", "㐀0000e9"),
            Gen.OneOf(" ", "，", "(", ")", "-", "〔", "〕", ".", "'", "\"", "*", ":", "\\", "&", "|", "!", "　", "\0"))
        .Array[1, 6].Select(string.Concat);

    [Fact]
    public void Over_Chinese_texts_a_query_finds_exactly_those_that_contain_it() =>
        Gen.Select(Chinese.Array[1, 5], Chinese).Sample((runs, query) =>
        {
            var text = string.Join('，', runs);
            var index = Bigrams.IndexText(text);
            var contains = text.Contains(query, StringComparison.Ordinal);
            Assert.Equal(contains, Fts5.Matches(index, query));
            Assert.Equal(contains, TsQuery.Matches(index, query));
        }, iter: 20_000);

    [Fact]
    public void Over_mixed_texts_a_query_finds_exactly_those_that_contain_its_runs_in_a_row() =>
        Gen.Select(Mixed, Mixed, Gen.Int[0, 20], Gen.Int[1, 8], Gen.Bool).Sample((text, other, from, length, part) =>
        {
            // Half of the queries are cut out of the text, so that hits are as frequent as misses.
            var query = part && from < text.Length ? text.Substring(from, Math.Min(length, text.Length - from)) : other;
            if (Bigrams.Query(query).IsEmpty) return;
            var index = Bigrams.IndexText(text);
            var contains = Oracle.Contains(text, query);
            Assert.Equal(contains, Fts5.Matches(index, query));
            Assert.Equal(contains, TsQuery.Matches(index, query));
        }, iter: 20_000);

    [Fact]
    public void Tokens_hold_only_what_both_engines_keep_and_renderings_only_what_the_renderer_writes() =>
        Gen.OneOf(Mixed, Gen.String).Sample(text =>
        {
            Assert.Matches(@"^([a-z0-9\u3400-\u4DB5\u4E00-\u9FA5]+( |$))*$", Bigrams.IndexText(text));
            var query = Bigrams.Query(text);
            Assert.All(query.Terms, term => Assert.All(term.Tokens, token => Assert.Matches(@"^[a-z0-9\u3400-\u4DB5\u4E00-\u9FA5]+$", token)));
            if (query.IsEmpty) return;
            Assert.Matches("""^"[^"' ]+( [^"' ]+)*"( \*)?( AND "[^"' ]+( [^"' ]+)*"( \*)?)*$""", query.ToFts5());
            Assert.Matches(@"^(\(?'[^' ]+'(:\*)?\)?( (<->|&) )?)+$", query.ToTsQuery());
        }, iter: 10_000);

    [Fact]
    public void Every_item_name_of_the_published_list_is_found_by_any_two_characters_of_it()
    {
        foreach (var name in PublishedItemList.Rows.Select(row => row[3]).Distinct().Take(300))
        {
            var index = Bigrams.IndexText(name);
            for (var i = 0; i + 2 <= name.Length; i++)
                if (Oracle.Contains(name, name.Substring(i, 2)) && !Bigrams.Query(name.Substring(i, 2)).IsEmpty) Assert.True(Fts5.Matches(index, name.Substring(i, 2)), name);
        }
    }

    /// <summary>FTS5 with unicode61, as far as this product uses it: text and phrases cut into letters and digits in lower case, phrases, prefix of the last token, AND.</summary>
    private static partial class Fts5
    {
        public static bool Matches(string index, string query)
        {
            var tokens = EngineTokens(index);
            var expression = Bigrams.Query(query).ToFts5();
            return expression.Split(" AND ").All(term =>
            {
                var parts = Term().Match(term);
                Assert.True(parts.Success, expression);
                var phrase = EngineTokens(parts.Groups[1].Value);
                return Enumerable.Range(0, tokens.Count).Any(at => PhraseAt(tokens, at, phrase, i => parts.Groups[2].Success && i == phrase.Count - 1));
            });
        }

        [GeneratedRegex("""^"([^"]*)"( \*)?$""")]
        private static partial Regex Term();
    }

    /// <summary>PostgreSQL's simple configuration and to_tsquery, as far as this product uses them.</summary>
    private static partial class TsQuery
    {
        public static bool Matches(string index, string query)
        {
            var tokens = EngineTokens(index);
            var expression = Bigrams.Query(query).ToTsQuery();
            return expression.Split(" & ").All(term =>
            {
                var lexemes = term.Trim('(', ')').Split(" <-> ").Select(each => Lexeme().Match(each)).ToList();
                Assert.All(lexemes, lexeme => Assert.True(lexeme.Success, expression));
                return Enumerable.Range(0, tokens.Count).Any(at => PhraseAt(tokens, at, [.. lexemes.Select(each => each.Groups[1].Value)], i => lexemes[i].Groups[2].Success));
            });
        }

        [GeneratedRegex("^'([^']*)'(:\\*)?$")]
        private static partial Regex Lexeme();
    }

    private static List<string> EngineTokens(string text)
    {
        var tokens = new List<string> { "" };
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) tokens[^1] += char.ToLowerInvariant(c);
            else if (tokens[^1].Length > 0) tokens.Add("");
        return [.. tokens.Where(token => token.Length > 0)];
    }

    private static bool PhraseAt(List<string> tokens, int at, IReadOnlyList<string> phrase, Func<int, bool> prefix) =>
        at + phrase.Count <= tokens.Count
        && Enumerable.Range(0, phrase.Count).All(i => prefix(i) ? tokens[at + i].StartsWith(phrase[i], StringComparison.Ordinal) : tokens[at + i] == phrase[i]);

    /// <summary>
    /// What a search promises, told without pairs: text and term are runs of Chinese characters and words; the term's runs stand in the text in a row, inner ones
    /// whole, a first Chinese run at the end of one, a last one at the beginning of one, a single one anywhere; words whole, the last one by its beginning.
    /// </summary>
    private static class Oracle
    {
        public static bool Contains(string text, string query)
        {
            var runs = Runs(text);
            return query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Runs).Where(term => term.Count > 0).All(term =>
                Enumerable.Range(0, Math.Max(0, runs.Count - term.Count + 1)).Any(at => Enumerable.Range(0, term.Count).All(i => Holds(runs[at + i], term[i], i == 0, i == term.Count - 1))));
        }

        private static bool Holds(string run, string part, bool first, bool last)
        {
            if (IsWord(run) != IsWord(part)) return false;
            if (IsWord(part)) return last ? run.StartsWith(part, StringComparison.Ordinal) : run == part;
            return (first, last) switch
            {
                (true, true) => run.Contains(part, StringComparison.Ordinal),
                (true, false) => run.EndsWith(part, StringComparison.Ordinal),
                (false, true) => run.StartsWith(part, StringComparison.Ordinal),
                _ => run == part,
            };
        }

        private static bool IsWord(string run) => char.IsAsciiLetterOrDigit(run[0]) || run[0] == 'é';

        private static List<string> Runs(string text)
        {
            var plain = text.Replace('Ａ', 'a').ToLowerInvariant();
            return [.. Regex.Matches(plain, @"[a-z0-9é]+|(?:[\u3007\u3040-\u30FF\u3400-\u9FFF]|[\uD840-\uD87F][\uDC00-\uDFFF])+").Select(match => match.Value)];
        }
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Xunit;

namespace Liandong.Tests.Architecture;

/// <summary>The product and the notice say the same.</summary>
public sealed partial class NoticeTests
{
    private static readonly string Root = FindRoot();

    /// <summary>Every article and rule that a module declares as a static field of a <c>&lt;X&gt;Rules</c> class.</summary>
    private static IEnumerable<T> Declared<T>() where T : class =>
        typeof(LiandongHost).Assembly.GetTypes().Where(t => t.Name.EndsWith("Rules", StringComparison.Ordinal) && t is { IsAbstract: true, IsSealed: true })
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(f => f.FieldType == typeof(T)).Select(f => (T)f.GetValue(null)!);

    [Fact]
    public void Every_quotation_of_the_notice_stands_in_it_word_for_word_and_at_its_clause()
    {
        var articles = Declared<Article>().Concat(Declared<DutyRule>().Select(r => r.Article)).Where(a => a.IsNotice).Distinct().ToList();
        Assert.NotEmpty(articles);
        foreach (var article in articles)
        {
            var clause = NoticeText.Find(article.Id);
            Assert.True(clause is not null, $"{article.Id} is no clause of the notice.");
            Assert.True(clause.Says(article.Quote), $"{article.Id} does not say: {article.Quote}");
            Assert.Equal(clause.Numbering, article.Clause);
        }
    }

    [Fact]
    public void Every_duty_rule_names_its_article_and_says_when_the_number_is_not_in_it()
    {
        var rules = Declared<DutyRule>().DistinctBy(r => r.Code).ToList();
        Assert.Equal(rules.Count, Declared<DutyRule>().Distinct().Count());
        foreach (var rule in rules)
        {
            Assert.False(string.IsNullOrWhiteSpace(rule.Article.Quote), $"{rule.Code} quotes nothing.");
            var count = rule.Limit switch { Term.Workdays t => t.Count, Term.Days t => t.Count, Term.Promptly t => t.AgreedWorkdays, _ => 0 };
            if (rule.Article.IsNotice && count > 0 && !rule.LocalNumber)
                Assert.True(rule.Article.Quote.Contains(ChineseNumber(count), StringComparison.Ordinal), $"{rule.Code}: {count} is not in the quotation; mark it LocalNumber.");
        }
    }

    [Fact]
    public void Every_clause_of_the_notice_has_one_line_in_the_clause_table()
    {
        var listed = File.ReadLines(Path.Combine(Root, "docs/notice/clauses.md")).Select(l => Row().Match(l)).Where(m => m.Success).ToList();
        Assert.Equal(NoticeText.Clauses.Select(c => c.Id).Order(), listed.Select(m => m.Groups["id"].Value).Order());
        Assert.All(listed, m => Assert.Contains(m.Groups["kind"].Value, new[] { "duty", "power", "competence", "form", "breach", "milestone" }));
    }

    internal static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(here)!); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Liandong.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("The folder of Liandong.slnx was not found above the tests.");
    }

    private static string ChineseNumber(int n) => n == 2 ? "两" : "零一二三四五六七八九十"[n].ToString();

    [GeneratedRegex(@"^\| (?<id>[MJLS][\w.]*) \| (?<kind>\w+) \|")] private static partial Regex Row();
}

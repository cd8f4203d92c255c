using Liandong.Kernel.Calendar;
using Liandong.Modules.Items;
using Liandong.Sheets;

namespace Liandong.Sample;

/// <summary>
/// The items that the sample's bureau handles: the bureau items of a real, public list of another district, which stand in for the
/// district's own, and a register that gives them to the notice's member units by the field that their names speak of.
/// </summary>
internal sealed class SampleItems(SampleWork work, SampleDirectory.Roster roster)
{
    /// <param name="Main">Short name of the main supervising organ; empty where nobody of the notice's members supervises the field.</param>
    internal sealed record SampleItem(Item Item, string Main);

    private const string StandIn = "示例:借用四川省广安市广安区公开事项清单代替本区事项";
    private static readonly DateOnly From = new(2019, 3, 1);

    /// <param name="come">Told how much is done, from 0 to 1.</param>
    public async Task<IReadOnlyList<SampleItem>> FillAsync(Action<double> come, CancellationToken ct)
    {
        work.Time.At = Beijing.At(2019, 2, 26, 10);
        var supervisors = Rows("register.csv").ToDictionary(r => r[0], r => (Main: r[1], Assisting: r[2]));
        var items = new List<SampleItem>();
        var chosen = Rows("guangan-511602.csv").Where(r => r[0] == "区行政审批局" && r[5] == "1").Select((row, n) => (Row: row, N: n, Who: supervisors.GetValueOrDefault(row[4], ("", ""))))
            // Fields that no member unit of the notice supervises are left out but for a few items: they show the queue of unrouted results.
            .Where(x => x.Who.Item1.Length > 0 || x.N % 40 == 0).ToList();
        // A few at a time: a context that has kept hundreds of rows compares them all at every act.
        foreach (var some in chosen.Chunk(10))
        {
            come((double)items.Count / chosen.Count);
            await work.TogetherAsync(async s =>
            {
                var (addItem, addLine) = (s.GetRequiredService<AddItem>(), s.GetRequiredService<AddResponsibility>());
                foreach (var (row, n, (main, assisting)) in some)
                {
                    var item = await addItem.RunAsync(InputOf(row, n, main), ct);
                    items.Add(new SampleItem(item, main));
                    if (main.Length > 0) await addLine.RunAsync(LineOf(item, ResponsibilityKind.Main, main), ct);
                    if (assisting.Length > 0) await addLine.RunAsync(LineOf(item, ResponsibilityKind.Assisting, assisting), ct);
                }
            }, ct);
        }
        return items;
    }

    private AddResponsibility.Input LineOf(Item item, ResponsibilityKind kind, string organ) => new(item.Id, SampleDistrict.Code, kind, roster.Organs[organ].Id, From, "责任备忘录(2019年第一批划转)");

    private ItemInput InputOf(IReadOnlyList<string> row, int n, string main) => new()
    {
        Code = row[4],
        Name = row[3],
        CodeScheme = CodeSchemes.Local,
        LegalBasis = "以国家和省公布的事项清单为准(示例未录入)。",
        StatutoryDays = 20,
        PromisedDays = n % 3 == 0 ? 3 : n % 3 == 1 ? 5 : 10,
        ResultName = row[3].Contains("备案", StringComparison.Ordinal) ? "备案凭证" : row[3].Contains("登记", StringComparison.Ordinal) ? "登记证明" : "许可证",
        ValidityMonths = row[3].Contains("登记", StringComparison.Ordinal) ? null : 60,
        FormerOrgan = main.Length > 0 ? roster.Organs[main].Id : null,
        AnnualReport = n % 5 == 0,
        ClaimDays = n % 17 == 0 ? 5 : null,
        Materials = [new Material("申请书", true, "原件", "申请人"), new Material("营业执照或身份证明", true, "电子", "数据共享"), new Material("场所使用证明", n % 2 == 0, "复印件", "申请人")],
        Conditions = ["符合法律法规规定的条件", "申请材料齐全、符合法定形式"],
        From = From,
        StandInFor = StandIn,
    };

    private static IEnumerable<IReadOnlyList<string>> Rows(string file)
    {
        using var stream = typeof(SampleItems).Assembly.GetManifestResourceStream("sample/" + file) ?? throw new FileNotFoundException(file);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Csv.Parse(System.Text.Encoding.UTF8.GetString(bytes.ToArray())).Skip(1);
    }
}

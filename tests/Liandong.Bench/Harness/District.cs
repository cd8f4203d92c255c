using System.Text;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liandong.Bench;

/// <summary>A district with a bureau, departments, items and machine clients, made through the use cases.</summary>
public sealed class District : IAsyncDisposable
{
    public const string Code = "370102";
    private const int Departments = 10, Items = 60;
    private static readonly DateOnly LongAgo = new(2018, 12, 14);
    private readonly ServiceProvider services;

    private District(ServiceProvider services, DatabaseChoice choice) => (this.services, Choice) = (services, choice);

    public DatabaseChoice Choice { get; }
    public Organ Bureau { get; private set; } = default!;
    public IReadOnlyList<Organ> Organs { get; private set; } = [];
    public IReadOnlyList<Item> Handled { get; private set; } = [];

    /// <summary>May do everything in the bureau's name.</summary>
    public CreateClient.Created BureauClient { get; private set; } = default!;

    /// <summary>One for each of <see cref="Organs"/>.</summary>
    public IReadOnlyList<CreateClient.Created> OrganClients { get; private set; } = [];

    /// <summary>Prepares an empty database and fills the district in.</summary>
    public static async Task<District> MakeAsync(DatabaseChoice choice)
    {
        var district = new District(new ServiceCollection().AddLogging(log => log.ClearProviders()).AddLiandong(choice, new DefaultDistrict(Code)).BuildServiceProvider(), choice);
        await PrepareDatabase.RunAsync(district.services, CancellationToken.None);
        await district.ActAsync(s => PrepareDatabase.AddDistrictAsync(s.GetRequiredService<AppDb>(), "历下区", sample: false, s.GetRequiredService<Clock>().Now, CancellationToken.None));
        await district.FillAsync();
        return district;
    }

    public async Task<T> ActAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(Code);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        return await act(scope.ServiceProvider);
    }

    public Task<T> LookAsync<T>(Func<AppDb, Task<T>> look) => ActAsync(s => look(s.GetRequiredService<AppDb>()));

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task FillAsync()
    {
        var ct = CancellationToken.None;
        Task<Organ> AddAsync(string name, OrganKind kind) => ActAsync(s => s.GetRequiredService<AddOrgan>().RunAsync(new AddOrgan.Input(name, name, kind, "", false, LongAgo), ct));
        Bureau = await AddAsync("区行政审批服务局", OrganKind.Bureau);
        string[] names = ["区市场监管局", "区食药监局", "区卫计局", "区文化局", "区城管局", "区住建局", "区教育局", "区民政局", "区体育局", "区人社局"];
        var organs = new List<Organ>();
        foreach (var name in names.Take(Departments)) organs.Add(await AddAsync(name, OrganKind.Department));
        Organs = organs;
        var items = new List<Item>();
        string[] fields = ["食品经营许可", "公共场所卫生许可", "医疗机构执业登记", "营业性演出审批", "户外广告设置审批", "施工许可", "民办学校设立审批", "社会团体登记", "高危险性体育项目经营许可", "人力资源服务许可"];
        for (var n = 0; n < Items; n++)
        {
            var name = $"{fields[n % Departments]}({n / Departments + 1})";
            var item = await ActAsync(s => s.GetRequiredService<AddItem>().RunAsync(new ItemInput { Code = $"3701020000{n:0000}", Name = name, From = LongAgo, ResultName = name + "证" }, ct));
            await ActAsync(s => s.GetRequiredService<AddResponsibility>().RunAsync(new AddResponsibility.Input(item.Id, Code, ResponsibilityKind.Main, organs[n % Departments].Id, LongAgo, "责任备忘录"), ct));
            items.Add(item);
        }
        Handled = items;
        Task<CreateClient.Created> ClientAsync(Organ organ) => ActAsync(s => s.GetRequiredService<CreateClient>().RunAsync(new CreateClient.Input(organ.ShortName + "业务系统", organ.Id, Scopes.All), ct));
        BureauClient = await ClientAsync(Bureau);
        var clients = new List<CreateClient.Created>();
        foreach (var organ in organs) clients.Add(await ClientAsync(organ));
        OrganClients = clients;
    }
}

/// <summary>Messages about decided cases, each with a number and a party of its own.</summary>
public static class Messages
{
    private static readonly string[] Brands = ["明湖", "泉韵", "历山", "鹊华", "舜耕", "千佛", "芙蓉", "珍珠", "黑虎", "百花", "佛山", "趵突", "解放", "大明", "洪楼", "燕山", "甸柳", "文东", "建新", "东关"];
    private static readonly string[] Trades = ["餐饮", "食品", "医疗", "文化", "教育", "体育", "人力", "物业", "商贸", "建筑", "广告", "养老", "烘焙", "药房", "超市", "宾馆"];

    public static string NumberOf(long n) => $"37010220260302{n:00000000}";

    /// <summary>Two words of twenty and sixteen, and a name that few share: what a person types finds few of many.</summary>
    public static string NameOf(long n) => $"济南{Brands[n % Brands.Length]}{Word(n * 2654435761 % 9973)}{Trades[n / 7 % Trades.Length]}有限公司";

    /// <summary>A two-character word of nearly ten thousand.</summary>
    public static string Word(long k) => $"{(char)('一' + 37 + k % 1999)}{(char)('一' + 41 + k / 5 % 1997)}";

    public static string PartyCodeOf(long n) => SampleCodes.SocialCreditCodeOf((int)(n % 1_900_000_000));

    /// <param name="party">The party's own number; that of the case when omitted.</param>
    public static byte[] Of(long n, string itemCode, long? party = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(Beijing.Offset);
        var today = Beijing.DayOf(now);
        return Encoding.UTF8.GetBytes($$"""
            {"number":"{{NumberOf(n)}}","item":"{{itemCode}}","kind":"new","division":"370102013","address":"历下区经十路{{n % 900}}号","source":"市政务云","party":{"kind":"enterprise","name":"{{NameOf(party ?? n)}}","code":"{{PartyCodeOf(party ?? n)}}","legalPerson":"张三","address":"历下区经十路{{n % 900}}号"},"receivedAt":"{{now.AddHours(-3):O}}","acceptedAt":"{{now.AddHours(-2):O}}","decidedAt":"{{now.AddHours(-1):O}}","decision":{"kind":"granted","number":"历审许字〔2026〕{{n}}号","content":"准予许可","opinion":"符合条件","approver":"李四"},"permit":{"number":"JY1370102{{n:00000000}}","validFrom":"{{today:yyyy-MM-dd}}","validTo":"{{today.AddYears(5).AddDays(-1):yyyy-MM-dd}}"},"materials":[{"name":"申请书","form":"电子","copies":1}]}
            """.ReplaceLineEndings(""));
    }
}

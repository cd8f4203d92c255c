using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    private int items;

    /// <summary>A permit item in force since long ago, with no supervising organ yet.</summary>
    public Task<Item> ItemAsync(string name = "食品经营许可", string? code = null, Func<ItemInput, ItemInput>? with = null)
    {
        var input = new ItemInput { Code = code ?? $"3701020000{++items:0000}", Name = name, From = LongAgo, ResultName = name + "证" };
        return office.ActAsync(s => s.GetRequiredService<AddItem>().RunAsync(with?.Invoke(input) ?? input, Office.Stop));
    }

    /// <summary>The organ supervises the item: in the whole district, as the main organ and since long ago unless said otherwise.</summary>
    public Task<Responsibility> ResponsibilityAsync(Item item, Organ organ, ResponsibilityKind kind = ResponsibilityKind.Main, string division = Office.DistrictCode, DateOnly? from = null,
        DateOnly? to = null, int? claimDays = null, Guid? section = null, Guid? person = null) =>
        office.ActAsync(s => s.GetRequiredService<AddResponsibility>().RunAsync(
            new AddResponsibility.Input(item.Id, division, kind, organ.Id, from ?? LongAgo, "责任备忘录", section, person, claimDays, to), Office.Stop));

    /// <summary>An item that one organ supervises in the whole district.</summary>
    public async Task<Item> SupervisedItemAsync(Organ organ, string name = "食品经营许可", int? claimDays = null)
    {
        var item = await ItemAsync(name);
        await ResponsibilityAsync(item, organ, claimDays: claimDays);
        return item;
    }
}

using System.Reflection;
using Liandong.Kernel.Ledger;
using Liandong.Ledgers;
using Xunit;

namespace Liandong.Tests.Ledgers;

public sealed class ActNamesTests
{
    [Fact]
    public void Every_act_has_one_name_in_the_offices_words()
    {
        var declared = typeof(LiandongHost).Assembly.GetTypes().Where(t => typeof(IAct).IsAssignableFrom(t) && t is { IsInterface: false, IsAbstract: false }).Select(NameOf).Distinct().ToList();
        Assert.NotEmpty(declared);
        Assert.Empty(declared.Where(name => ActNames.Of(name) == name).Select(name => $"{name} has no line in ActNames"));
        Assert.All(declared, name => Assert.Matches(@"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$", name));
        Assert.All(ActNames.Known.Select(ActNames.Of), name => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", name));
    }

    private static string NameOf(Type act) =>
        (string)typeof(ActNamesTests).GetMethod(nameof(Ask), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(act).Invoke(null, null)!;

    private static string Ask<T>() where T : IAct => T.Name;
}

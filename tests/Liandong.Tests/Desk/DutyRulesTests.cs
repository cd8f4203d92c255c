using System.Reflection;
using Liandong.Desk;
using Liandong.Kernel.Duties;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed class DutyRulesTests
{
    [Fact]
    public void Every_rule_that_a_module_declares_is_in_the_one_list()
    {
        var declared = typeof(LiandongHost).Assembly.GetTypes().Where(t => t.Name.EndsWith("Rules", StringComparison.Ordinal) && t is { IsAbstract: true, IsSealed: true })
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(f => f.FieldType == typeof(DutyRule)).Select(f => ((DutyRule)f.GetValue(null)!).Code).Distinct();
        Assert.Equal(declared.Order(), DutyRules.All.Select(r => r.Code).Order());
    }
}

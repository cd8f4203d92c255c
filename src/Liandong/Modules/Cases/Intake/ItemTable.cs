using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Liandong.Data;
using Liandong.Modules.Items;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>What receiving a case needs to know of its item.</summary>
public sealed record ItemFacts(Guid Id, string Code, string Name, string ResultName, int StatutoryDays, int PromisedDays, int? ValidityMonths);

/// <summary>Items by code, as old as the register that routing uses: both are read anew together.</summary>
public sealed class ItemTable(AppDb db, RegisterBook registers)
{
    private static readonly ConditionalWeakTable<RegisterSnapshot, FrozenDictionary<string, ItemFacts>> Known = [];

    public async ValueTask<Func<string, ItemFacts?>> ByCodeAsync(CancellationToken ct)
    {
        var register = await registers.CurrentAsync(ct);
        if (!Known.TryGetValue(register, out var table))
        {
            var items = await db.Items.AsNoTracking().Select(i => new ItemFacts(i.Id, i.Code, i.Name, i.ResultName, i.StatutoryDays, i.PromisedDays, i.ValidityMonths)).ToListAsync(ct);
            Known.AddOrUpdate(register, table = items.ToFrozenDictionary(i => i.Code));
        }
        return code => table.GetValueOrDefault(code);
    }
}

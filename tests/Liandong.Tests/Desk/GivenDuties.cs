using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    /// <summary>Open duties on subjects of their own, owed from today, recorded under one act.</summary>
    public Task<IReadOnlyList<Duty>> DutiesAsync(int count, Guid owedBy, Guid? owedTo = null, DutyRule? rule = null, Guid? person = null, DateOnly? givenDay = null) =>
        office.ActAsync<IReadOnlyList<Duty>>(async services =>
        {
            var (book, ledger) = (services.GetRequiredService<DutyBook>(), services.GetRequiredService<Ledger>());
            var duties = new List<Duty>();
            for (var n = 1; n <= count; n++)
            {
                var subject = new Subject("push", services.GetRequiredService<Clock>().NewId(), $"历审推〔2026〕{n}号", "食品经营许可");
                duties.Add(await book.OpenAsync(rule ?? LinkageRules.ClaimResult, owedBy, owedTo, subject, Office.Stop, person: person, givenDay: givenDay));
            }
            await ledger.RecordAsync(new AddOrgan.Act(owedBy, "开设时限", OrganKind.Department, new DateOnly(2018, 12, 14)), duties[0].Subject, null, Office.Stop);
            return duties;
        });
}

using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Notice;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>登记联席会议席位: convenor, deputies, office director, leaders of groups. A sole place ends its former holder the day before.</summary>
public sealed class TakeSeat(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public static readonly Article Groups = new("附件1 一", "各专项对接组按任务分工和时间节点开展相关工作。", "J1.work");

    public sealed record Input(SeatKind Kind, Guid Person, string Title, DateOnly From, Guid? Group = null, int Rank = 1);

    public sealed record Act(Guid Seat, SeatKind Kind, Guid? Group, Guid Person, DateOnly From) : IAct { static string IAct.Name => "seat.taken"; }

    public async Task<ConferenceSeat> RunAsync(Input input, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DirectoryEdit, Rights.DisputeRule);
        new InputCheck().NotLonger(input.Title, nameof(input.Title), "职务", 80).That((input.Kind == SeatKind.GroupLeader) == input.Group is not null, nameof(input.Group), "组负责人应选择所在的组。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == input.Person, ct) ?? throw NotFound.Of("该人员");
        if (input.Group is { } group && !await db.WorkingGroups.AnyAsync(g => g.Id == group && g.To == null, ct)) throw NotFound.Of("该组");
        var now = await db.ConferenceSeats.Where(s => s.Kind == input.Kind && s.Group == input.Group && s.To == null).ToListAsync(ct);
        if (now.Any(s => s.Person == input.Person)) throw new Refusal("seat.held", $"{person.Name}已经担任{ConferenceSeat.NameOf(input.Kind)}。", field: nameof(input.Person));
        if (input.Kind != SeatKind.Deputy)
            foreach (var before in now) before.End(input.From.AddDays(-1));
        var seat = new ConferenceSeat
        {
            District = db.District, Id = clock.NewId(), Kind = input.Kind, Group = input.Group, Person = person.Id, Title = input.Title.Trim(), Rank = input.Rank, From = input.From,
        };
        db.ConferenceSeats.Add(seat);
        await ledger.RecordAsync(new Act(seat.Id, seat.Kind, seat.Group, seat.Person, seat.From), new Subject("seat", seat.Id, "", ConferenceSeat.NameOf(seat.Kind)), null, ct);
        await together.CommitAsync(ct);
        return seat;
    }
}

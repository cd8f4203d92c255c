using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>结束联席会议席位。</summary>
public sealed class LeaveSeat(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Seat, Guid Person, DateOnly LastDay) : IAct { static string IAct.Name => "seat.left"; }

    public async Task<ConferenceSeat> RunAsync(Guid id, DateOnly lastDay, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DirectoryEdit, Rights.DisputeRule);
        var seat = await db.ConferenceSeats.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw NotFound.Of("该席位");
        seat.End(lastDay);
        await ledger.RecordAsync(new Act(seat.Id, seat.Person, lastDay), new Subject("seat", seat.Id, "", ConferenceSeat.NameOf(seat.Kind)), null, ct);
        return seat;
    }
}

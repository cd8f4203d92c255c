using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>One click as one of the sample's people. Refused outright wherever the district is not a sample.</summary>
public sealed class SignInAsSample(AppDb db, OpenSession open)
{
    public async Task<Session> RunAsync(Guid person, Guid organ, Origin origin, CancellationToken ct)
    {
        if (!await db.DistrictSettings.AnyAsync(s => s.IsSample, ct)) throw new Forbidden("sample");
        return await open.RunAsync(person, null, "示例", origin, ct, organ) ?? throw NotFound.Of("该示例人员");
    }
}

using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    /// <summary>A machine client of the organ, as registered by the security administrator.</summary>
    public Task<CreateClient.Created> ClientAsync(Organ organ, params string[] scopes) =>
        office.ActAsync(s => s.GetRequiredService<CreateClient>().RunAsync(new CreateClient.Input($"{organ.ShortName}业务系统", organ.Id, scopes), Office.Stop));
}

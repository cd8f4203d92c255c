using Liandong.Kernel;

namespace Liandong.Accounts;

/// <summary>机器客户端: a system that acts at the API for one organ, within its scopes. Its secret is 256 random bits, so a plain digest keeps it.</summary>
public sealed class MachineClient
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>District, a hyphen and a random part: the token endpoint finds the district by it.</summary>
    public required string ClientId { get; init; }
    public required Guid Organ { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string Name { get; private set; } = "";
    public IReadOnlyList<string> Scopes { get; private set; } = [];
    public string SecretDigest { get; private set; } = "";
    public DateTimeOffset SecretSetAt { get; private set; }
    public DateTimeOffset? DisabledAt { get; private set; }

    public void Describe(string name, IReadOnlyList<string> scopes)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("client.name-required", "请填写客户端名称。", field: "Name");
        if (scopes.Count == 0) throw new Refusal("client.scopes-required", "请至少选择一项权限范围。", field: "Scopes");
        (Name, Scopes) = (name.Trim(), [.. scopes.Distinct().Order()]);
    }

    public void SetSecret(string digest, DateTimeOffset at) => (SecretDigest, SecretSetAt) = (digest, at);

    public void Disable(DateTimeOffset at)
    {
        if (DisabledAt is not null) throw new Refusal("client.disabled", "该客户端已经停用。");
        DisabledAt = at;
    }

    public void Enable()
    {
        if (DisabledAt is null) throw new Refusal("client.enabled", "该客户端没有停用。");
        DisabledAt = null;
    }
}

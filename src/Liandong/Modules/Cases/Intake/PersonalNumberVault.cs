using System.Security.Cryptography;
using System.Text;
using Liandong.Data;

namespace Liandong.Modules.Cases;

/// <summary>
/// Identity numbers at rest: sealed with AES-256-GCM, found again by a keyed digest. The key is configured (<c>personal-key</c>, 32 bytes as
/// base64, the same on every node) or made once under <c>data/keys</c>; it is never in the database, so a copy of the database alone tells no number.
/// </summary>
public sealed class PersonalNumberVault(DatabaseChoice choice, IConfiguration? configuration = null)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly Lazy<(byte[] Seal, byte[] Find)> keys = new(() =>
    {
        var master = MasterKey(choice, configuration?["personal-key"]);
        return (HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: "liandong seal"u8.ToArray()), HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: "liandong find"u8.ToArray()));
    });

    public string Seal(string number)
    {
        var plain = Encoding.UTF8.GetBytes(number);
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(keys.Value.Seal, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), plain, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">The text was not sealed with this key, or was changed.</exception>
    public string Open(string sealedNumber)
    {
        var box = Convert.FromBase64String(sealedNumber);
        var plain = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(keys.Value.Seal, TagLength);
        aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), plain);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The same number always gives the same digest; without the key nobody can try numbers against it.</summary>
    public string DigestOf(string number) => Convert.ToHexStringLower(HMACSHA256.HashData(keys.Value.Find, Encoding.UTF8.GetBytes(number)));

    private static byte[] MasterKey(DatabaseChoice choice, string? configured)
    {
        if (configured is { Length: > 0 })
        {
            var key = Convert.FromBase64String(configured);
            return key.Length == 32 ? key : throw new InvalidOperationException("personal-key must be 32 bytes, written in base64.");
        }
        var file = Path.Combine(choice.DataFolder, "keys", "personal.key");
        if (!File.Exists(file)) Make(file);
        return Convert.FromBase64String(File.ReadAllText(file).Trim());
    }

    /// <summary>Written whole to a name of its own and then moved, so that two processes starting at once agree on the first one's key.</summary>
    private static void Make(string file)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Environment.ProcessId}.{RandomNumberGenerator.GetHexString(8)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options)) writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}

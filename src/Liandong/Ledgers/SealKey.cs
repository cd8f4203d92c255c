using Liandong.Data;
using Liandong.Kernel.Ledger;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Liandong.Ledgers;

/// <summary>The installation's SM2 key (GB/T 32918, user id of GB/T 35276) under <c>data/keys</c>. The public half is written beside it and shown to anyone.</summary>
public sealed class SealKey(DatabaseChoice choice)
{
    private static readonly ECDomainParameters Curve = new(GMNamedCurves.GetByName("sm2p256v1"));
    private readonly Lock making = new();
    private (ECPrivateKeyParameters Private, string Public)? pair;

    public string KeyId => IdOf(PublicKey);

    /// <summary>The uncompressed point, in hexadecimal.</summary>
    public string PublicKey => Load().Public;

    public LedgerSeal Sign(string district, long number, string hash, DateTimeOffset at)
    {
        // The signed content has whole seconds.
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        var unsigned = new LedgerSeal(district, number, hash, at, "", KeyId);
        var signer = new SM2Signer();
        signer.Init(true, new ParametersWithRandom(Load().Private, new SecureRandom()));
        var content = unsigned.SignedContent();
        signer.BlockUpdate(content, 0, content.Length);
        return unsigned with { Signature = Convert.ToHexStringLower(signer.GenerateSignature()) };
    }

    /// <summary>Whether a seal was signed by the holder of this public key.</summary>
    public static bool IsGenuine(LedgerSeal seal, string publicKey)
    {
        try
        {
            if (seal.KeyId != IdOf(publicKey)) return false;
            var verifier = new SM2Signer();
            verifier.Init(false, new ECPublicKeyParameters(Curve.Curve.DecodePoint(Convert.FromHexString(publicKey.Trim())), Curve));
            var content = seal.SignedContent();
            verifier.BlockUpdate(content, 0, content.Length);
            return verifier.VerifySignature(Convert.FromHexString(seal.Signature));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or ArithmeticException)
        {
            return false;
        }
    }

    public static string IdOf(string publicKey) => "sm2-" + Convert.ToHexStringLower(Sm3.Digest(System.Text.Encoding.ASCII.GetBytes(publicKey.Trim())))[..16];

    private (ECPrivateKeyParameters Private, string Public) Load()
    {
        if (pair is { } known) return known;
        lock (making)
        {
            if (pair is { } made) return made;
            var folder = System.IO.Directory.CreateDirectory(Path.Combine(choice.DataFolder, "keys")).FullName;
            var file = Path.Combine(folder, "ledger-seal.key");
            if (!File.Exists(file))
            {
                var generator = new ECKeyPairGenerator();
                generator.Init(new ECKeyGenerationParameters(Curve, new SecureRandom()));
                var secret = ((ECPrivateKeyParameters)generator.GenerateKeyPair().Private).D.ToString(16).PadLeft(64, '0');
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using var stream = new FileStream(file, options);
                stream.Write(System.Text.Encoding.ASCII.GetBytes(secret));
            }
            var d = new BigInteger(File.ReadAllText(file).Trim(), 16);
            var point = Convert.ToHexStringLower(Curve.G.Multiply(d).Normalize().GetEncoded(compressed: false));
            File.WriteAllText(Path.Combine(folder, "ledger-seal.pub"), point + "\n");
            pair = (new ECPrivateKeyParameters(d, Curve), point);
            return pair.Value;
        }
    }
}

using System.Text.Json;
using Liandong.Data;
using Liandong.Kernel.Ledger;

namespace Liandong.Ledgers;

/// <summary>
/// <c>verify EXPORT [--seals FILE --public-key FILE]</c>: checks an exported ledger without database or network. 0 whole, 1 a fault is
/// named, 2 the files cannot be read.
/// </summary>
public static class VerifyExport
{
    public static int Run(string[] args, TextWriter says)
    {
        var (export, seals, publicKey) = (args.Where((a, i) => !a.StartsWith('-') && (i == 0 || args[i - 1] is not ("--seals" or "--public-key"))).FirstOrDefault(), Option(args, "--seals"), Option(args, "--public-key"));
        if (export is not null && (seals is null) != (publicKey is null))
        {
            says.WriteLine(publicKey is null ? "--seals needs --public-key KEY.pub: the key that the seals are checked with (keys/ledger-seal.pub of the data folder, kept outside it). 核对链头还需要公钥。" : "--public-key needs --seals SEALS.ndjson: the seals that it checks (seals/ of the data folder, or what was saved from /ledger/heads). 有公钥还需要链头文件。");
            return 2;
        }
        if (export is null)
        {
            says.WriteLine("usage: verify EXPORT.ndjson [--seals SEALS.ndjson --public-key KEY.pub]");
            return 2;
        }
        try
        {
            var known = seals is null ? [] : File.ReadLines(seals).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<LedgerSeal>(l, LedgerExport.Format)!).ToList();
            var key = publicKey is null ? "" : File.ReadAllText(publicKey).Trim();
            LedgerVerification? verification = null;
            var at = 0;
            foreach (var text in File.ReadLines(export).Where(l => l.Length > 0))
            {
                at++;
                LedgerLine line;
                try
                {
                    line = JsonSerializer.Deserialize<LedgerLine>(text, LedgerExport.Format) ?? throw new JsonException("null");
                }
                catch (JsonException)
                {
                    says.WriteLine($"FAULT  line {at} is no ledger entry: cut off or changed. 第{at}行不是台账记录。");
                    return 1;
                }
                verification ??= new LedgerVerification(Sm3.Digest, known.Where(s => s.District == line.District), s => SealKey.IsGenuine(s, key));
                verification.Read(line);
            }
            if (verification is null && known.Count == 0)
            {
                says.WriteLine("The export is empty. 导出文件没有记录。");
                return 2;
            }
            verification ??= new LedgerVerification(Sm3.Digest, known, s => SealKey.IsGenuine(s, key));
            var findings = verification.Finish();
            foreach (var finding in findings) says.WriteLine($"FAULT  {finding.Fault} at {finding.Number}: {finding.Sentence}");
            if (verification.FaultCount > findings.Count) says.WriteLine($"… and {verification.FaultCount - findings.Count} more.");
            if (findings.Count > 0) return 1;
            says.WriteLine($"OK  {verification.LinesRead} entries, unbroken{(known.Count > 0 ? $", sealed through {verification.SealedThrough}" : "; without seals an end that was cut off cannot be seen")}. 台账完整。");
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            says.WriteLine(failure.Message);
            return 2;
        }
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
}

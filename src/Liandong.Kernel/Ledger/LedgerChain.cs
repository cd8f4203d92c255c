using System.Buffers.Binary;
using System.Text;

namespace Liandong.Kernel.Ledger;

/// <summary>An act of the office: what is written to the ledger. Names are stable constants (<c>push.claimed</c>), never class names.</summary>
public interface IAct
{
    static abstract string Name { get; }
}

/// <summary>One line of the ledger as it is hashed, exported and verified.</summary>
/// <param name="Number">1, 2, 3… without gaps within a district.</param>
/// <param name="Body">The act as stored JSON text. It is never re-serialised: these characters are what was hashed.</param>
public sealed record LedgerLine(string District, long Number, DateTimeOffset At, string Act, Guid? Person, Guid? Organ, Guid? OnBehalfOf, string Channel,
    string SubjectKind, Guid SubjectId, string SubjectTitle, string Clause, string Body, string PreviousHash, string Hash);

public enum LedgerFault { Changed, Missing, Reordered, Headless, BadSeal }

/// <param name="Number">The ledger number at which the fault shows.</param>
public sealed record LedgerFinding(LedgerFault Fault, long Number, string Sentence);

/// <summary>
/// The hash chain over a district's acts. The digest (SM3 in the product) is a function given from outside, so that the
/// kernel needs no package.
/// </summary>
public static class LedgerChain
{
    /// <summary>Hash before the first entry: 64 zeros.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>
    /// The digest of a line: every field in a fixed order, each preceded by its length in bytes, so that no two different
    /// lines share an encoding; the previous hash comes first.
    /// </summary>
    public static string HashOf(LedgerLine line, Func<byte[], byte[]> digest)
    {
        using var buffer = new MemoryStream(512);
        Put(line.PreviousHash);
        Put(line.District);
        Put(line.Number.ToString());
        Put(line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"));
        Put(line.Act);
        Put(line.Person?.ToString() ?? "");
        Put(line.Organ?.ToString() ?? "");
        Put(line.OnBehalfOf?.ToString() ?? "");
        Put(line.Channel);
        Put(line.SubjectKind);
        Put(line.SubjectId.ToString());
        Put(line.SubjectTitle);
        Put(line.Clause);
        Put(line.Body);
        return Convert.ToHexStringLower(digest(buffer.ToArray()));

        void Put(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            buffer.Write(length);
            buffer.Write(bytes);
        }
    }
}

using System.Security.Cryptography;
using CsCheck;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Xunit;

namespace Liandong.Kernel.Tests.Ledger;

public class LedgerVerifierTests
{
    private static readonly Func<byte[], byte[]> Digest = SHA256.HashData;
    private static readonly Guid Person = new("019b0000-0000-7000-8000-000000000001");

    /// <summary>A whole chain of this many entries.</summary>
    private static List<LedgerLine> Chain(int length, string salt = "")
    {
        var lines = new List<LedgerLine>();
        for (var number = 1; number <= length; number++) lines.Add(Append(lines, $$"""{"push":{{number}},"say":"认领{{salt}}"}"""));
        return lines;
    }

    private static LedgerLine Append(List<LedgerLine> lines, string body) => Sealed(new LedgerLine("370102", lines.Count + 1, Beijing.At(2026, 3, 2, 9).AddMinutes(lines.Count),
        "push.claimed", Person, Person, null, "page", "push", Person, "历审推〔2026〕1号", "附件2 二(三)", body, lines.Count == 0 ? LedgerChain.Genesis : lines[^1].Hash, ""));

    private static LedgerLine Sealed(LedgerLine line) => line with { Hash = LedgerChain.HashOf(line, Digest) };

    private static LedgerSeal SealOf(LedgerLine line) => new(line.District, line.Number, line.Hash, line.At, "signature", "key-1");

    private static IReadOnlyList<LedgerFinding> Verify(IEnumerable<LedgerLine> lines, params LedgerSeal[] seals) => LedgerVerifier.Verify(lines, Digest, seals, s => s.Signature == "signature");

    private static readonly Gen<int> Length = Gen.Int[2, 40];

    /// <summary>A chain and a place in it, from 0.</summary>
    private static readonly Gen<(int Length, int At)> Place = Length.SelectMany(n => Gen.Int[0, n - 1].Select(at => (n, at)));

    [Fact]
    public void A_whole_chain_has_no_finding_and_appending_keeps_it_so() =>
        Length.Sample(length =>
        {
            var lines = Chain(length);
            Assert.Empty(Verify(lines));
            lines.Add(Append(lines, "{}"));
            Assert.Empty(Verify(lines, SealOf(lines[0]), SealOf(lines[length / 2]), SealOf(lines[^1])));
        });

    [Fact]
    public void An_empty_ledger_is_whole() => Assert.Empty(Verify([]));

    /// <summary>One changed field of a line, whichever it is; the number is dealt with below, for it moves the line.</summary>
    private static readonly Func<LedgerLine, LedgerLine>[] Mutations =
    [
        l => l with { District = "370103" },
        l => l with { At = l.At.AddSeconds(1) },
        l => l with { At = l.At.AddMicroseconds(1) },
        l => l with { Act = "push.returned" },
        l => l with { Person = null },
        l => l with { Organ = Guid.Empty },
        l => l with { OnBehalfOf = l.Person },
        l => l with { Channel = "api" },
        l => l with { SubjectKind = "case" },
        l => l with { SubjectId = Guid.Empty },
        l => l with { SubjectTitle = l.SubjectTitle + " " },
        l => l with { Clause = "附件2 二(四)" },
        l => l with { Body = l.Body.Replace(":", ": ") },
        l => l with { Body = "" },
        l => l with { Act = l.Act + "a", Channel = l.Channel },
        l => l with { SubjectTitle = "", Clause = l.SubjectTitle + l.Clause }, // characters moved over the border of two fields
        l => l with { PreviousHash = new string('f', 64) },
        l => l with { Hash = new string('e', 64) },
    ];

    [Fact]
    public void Any_changed_field_is_found_at_its_number() =>
        Gen.Select(Place, Gen.Int[0, Mutations.Length - 1]).Sample((place, how) =>
        {
            var lines = Chain(place.Length);
            lines[place.At] = Mutations[how](lines[place.At]);
            var finding = Assert.Single(Verify(lines));
            Assert.Equal((LedgerFault.Changed, place.At + 1L), (finding.Fault, finding.Number));
        }, iter: 500);

    [Fact]
    public void An_entry_changed_and_hashed_again_is_betrayed_by_the_next() =>
        Place.Where(p => p.At < p.Length - 1).Sample(place =>
        {
            var lines = Chain(place.Length);
            lines[place.At] = Sealed(lines[place.At] with { Body = """{"push":0}""" });
            var finding = Assert.Single(Verify(lines));
            Assert.Equal((LedgerFault.Changed, place.At + 1L), (finding.Fault, finding.Number));
        });

    [Fact]
    public void A_chain_that_does_not_begin_at_the_beginning_is_found()
    {
        var lines = Chain(3);
        lines[0] = Sealed(lines[0] with { PreviousHash = new string('1', 64) });
        lines[1] = Sealed(lines[1] with { PreviousHash = lines[0].Hash });
        lines[2] = Sealed(lines[2] with { PreviousHash = lines[1].Hash });
        Assert.Equal((LedgerFault.Changed, 1), (Assert.Single(Verify(lines)).Fault, Assert.Single(Verify(lines)).Number));
    }

    [Fact]
    public void A_deleted_entry_is_missing_at_its_number() =>
        Place.Where(p => p.At < p.Length - 1).Sample(place =>
        {
            var lines = Chain(place.Length);
            lines.RemoveAt(place.At);
            Assert.Equal([new LedgerFinding(LedgerFault.Missing, place.At + 1, $"缺少第{place.At + 1}号。")], Verify(lines));
        });

    [Fact]
    public void A_deleted_stretch_is_one_finding()
    {
        var lines = Chain(10);
        lines.RemoveRange(3, 4);
        Assert.Equal([new LedgerFinding(LedgerFault.Missing, 4, "缺少第4号至第7号,共4条。")], Verify(lines));
    }

    [Fact]
    public void Two_swapped_entries_are_out_of_order_and_nothing_else() =>
        Gen.Select(Place, Gen.Int[1, 39]).Where((p, d) => p.At + d < p.Length).Sample((place, distance) =>
        {
            var lines = Chain(place.Length);
            (lines[place.At], lines[place.At + distance]) = (lines[place.At + distance], lines[place.At]);
            Assert.Equal([new LedgerFinding(LedgerFault.Reordered, place.At + 1, $"应为第{place.At + 1}号的位置上是第{place.At + distance + 1}号,记录的次序被打乱。")], Verify(lines));
        });

    [Fact]
    public void A_changed_number_is_found() =>
        Gen.Select(Place, Gen.Int[1, 60]).Where((p, n) => n != p.At + 1).Sample((place, number) =>
        {
            var lines = Chain(place.Length);
            lines[place.At] = lines[place.At] with { Number = number };
            var findings = Verify(lines);
            Assert.Contains(findings, f => f.Fault == LedgerFault.Changed && f.Number == number);
            if (place.At < place.Length - 1) Assert.Contains(findings, f => f.Fault is LedgerFault.Missing or LedgerFault.Reordered && f.Number <= place.At + 1);
        });

    [Fact]
    public void An_entry_that_stands_twice_is_found() =>
        Place.Sample(place =>
        {
            var lines = Chain(place.Length);
            lines.Insert(place.At, lines[place.At]);
            var finding = Assert.Single(Verify(lines));
            Assert.Equal((LedgerFault.Reordered, place.At + 1L), (finding.Fault, finding.Number));
        });

    [Fact]
    public void Entries_cut_off_at_the_end_are_found_by_a_seal_and_by_nothing_else() =>
        Place.Where(p => p.At > 0).Sample(place =>
        {
            var lines = Chain(place.Length);
            var seal = SealOf(lines[^1]);
            lines.RemoveRange(place.At, place.Length - place.At);
            Assert.Empty(Verify(lines));
            var finding = Assert.Single(Verify(lines, seal));
            Assert.Equal((LedgerFault.Headless, (long)place.Length), (finding.Fault, finding.Number));
            Assert.Equal($"第{place.Length}号已于2026-03-02密封,但账目止于第{place.At}号,末尾的记录被截去。", finding.Sentence);
        });

    [Fact]
    public void A_chain_written_anew_is_found_by_a_seal_and_by_nothing_else() =>
        Place.Sample(place =>
        {
            var seal = SealOf(Chain(place.Length)[place.At]);
            var forged = Chain(place.Length, salt: "伪");
            Assert.Empty(Verify(forged));
            var finding = Assert.Single(Verify(forged, seal));
            Assert.Equal((LedgerFault.BadSeal, place.At + 1L), (finding.Fault, finding.Number));
        });

    [Fact]
    public void An_emptied_ledger_is_found_by_its_seal() =>
        Assert.Equal(LedgerFault.Headless, Assert.Single(Verify([], SealOf(Chain(5)[^1]))).Fault);

    [Fact]
    public void A_seal_with_a_wrong_signature_is_reported_and_trusted_in_nothing()
    {
        var lines = Chain(5);
        var forged = SealOf(Chain(9)[^1]) with { Signature = "other" };
        var finding = Assert.Single(Verify(lines, forged, SealOf(lines[2])));
        Assert.Equal((LedgerFault.BadSeal, 9), (finding.Fault, finding.Number));
        Assert.Contains("key-1", finding.Sentence);
    }

    [Fact]
    public void A_seal_of_another_district_does_not_fit()
    {
        var lines = Chain(5);
        Assert.Equal(LedgerFault.BadSeal, Assert.Single(Verify(lines, SealOf(lines[2]) with { District = "370103" })).Fault);
    }

    [Fact]
    public void Seals_without_anyone_to_check_them_are_not_accepted() =>
        Assert.Throws<ArgumentNullException>(() => LedgerVerifier.Verify(Chain(2), Digest, [SealOf(Chain(2)[1])]));

    [Fact]
    public void The_signed_content_covers_every_field_of_the_seal()
    {
        var seal = SealOf(Chain(1)[0]);
        LedgerSeal[] others = [seal with { District = "370103" }, seal with { Number = 2 }, seal with { Hash = "0" }, seal with { At = seal.At.AddSeconds(1) }, seal with { KeyId = "key-2" }];
        Assert.All(others, o => Assert.NotEqual(seal.SignedContent(), o.SignedContent()));
        Assert.Equal(seal.SignedContent(), (seal with { Signature = "", At = seal.At.ToOffset(TimeSpan.Zero) }).SignedContent());
    }

    [Fact]
    public void Several_faults_are_each_named()
    {
        var lines = Chain(12);
        lines[1] = lines[1] with { Body = "{}" };
        (lines[7], lines[8]) = (lines[8], lines[7]);
        lines.RemoveAt(4);
        Assert.Equal([(LedgerFault.Changed, 2L), (LedgerFault.Missing, 5L), (LedgerFault.Reordered, 8L)], Verify(lines).Select(f => (f.Fault, f.Number)));
    }

    [Fact]
    public void It_says_how_far_the_seals_reach()
    {
        var lines = Chain(8);
        var verification = new LedgerVerification(Digest, [SealOf(lines[2]), SealOf(lines[5])], _ => true);
        foreach (var line in lines) verification.Read(line);
        Assert.Empty(verification.Finish());
        Assert.Equal((8, 6, 0), (verification.LinesRead, verification.SealedThrough, verification.FaultCount));
    }

    [Fact]
    public void A_ledger_spoilt_all_over_is_counted_without_being_kept_in_memory()
    {
        var verification = new LedgerVerification(Digest);
        foreach (var line in Chain(3 * LedgerVerification.FindingsKept)) verification.Read(line with { Body = "{}", Number = line.Number * 2 });
        Assert.Equal(LedgerVerification.FindingsKept, verification.Finish().Count);
        Assert.Equal(6 * LedgerVerification.FindingsKept, verification.FaultCount);
    }
}

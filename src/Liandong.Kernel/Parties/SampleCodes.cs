namespace Liandong.Kernel.Parties;

/// <summary>
/// Made-up codes that pass every check, for the sample district and for tests. The same seed always gives the same code, different seeds practically different
/// ones, and none can be a living person's or, as far as can be arranged, a real body's: people are born between 1890 and 1899, organisation codes begin with
/// YL (real ones begin with a digit or M), sequence numbers with 9.
/// </summary>
public static class SampleCodes
{

    /// <summary>
    /// A social credit code registered in a six-digit division; <paramref name="kind"/> is registering department and category: 91 enterprise, 92 sole trader,
    /// 93 farmers' cooperative, 11 organ, 12 institution, 51 association …
    /// </summary>
    public static string SocialCreditCodeOf(int seed, string division = "370102", string kind = "91")
    {
        RequireDivision(division);
        if (SocialCreditCode.KindOf(kind) is null) throw new ArgumentException("unknown registering department and category", nameof(kind));
        var random = new Sequence(seed, 1);
        var body = kind + division + "YL" + random.Take(SocialCreditCode.Alphabet, 6);
        body += OrganisationCode.CheckCharacter(body.AsSpan(8, 8));
        return body + SocialCreditCode.CheckCharacter(body);
    }

    public static string OrganisationCodeOf(int seed)
    {
        var body = "YL" + new Sequence(seed, 2).Take("0123456789", 6);
        return body + OrganisationCode.CheckCharacter(body);
    }

    public static string ResidentIdOf(int seed, string division = "370102", Sex? sex = null)
    {
        RequireDivision(division);
        var random = new Sequence(seed, 3);
        var born = new DateOnly(1890, 1, 1).AddDays(random.Next(3652));
        var order = random.Next(1000);
        if (sex is { } wanted && order % 2 == 1 != (wanted == Sex.Male)) order = (order + 1) % 1000;
        var body = $"{division}{born:yyyyMMdd}{order:000}";
        return body + ResidentId.CheckCharacter(body);
    }

    public static string RegistrationNumberOf(int seed, string division = "370102")
    {
        RequireDivision(division);
        var body = division + "9" + new Sequence(seed, 4).Take("0123456789", 7);
        return body + CodeText.Mod11And10(body);
    }

    /// <summary>A food licence number (食品经营许可证 unless told otherwise) of the division.</summary>
    public static string LicenceNumberOf(int seed, string division = "370102", LicenceKind? kind = null)
    {
        RequireDivision(division);
        var random = new Sequence(seed, 5);
        var production = (kind ?? LicenceKind.FoodTrade) == LicenceKind.FoodProduction;
        var body = production
            ? $"1{random.Next(31) + 1:00}{division}9{random.Take("0123456789", 3)}"
            : $"{random.Next(3) + 1}{division}9{random.Take("0123456789", 5)}";
        return (production ? "SC" : "JY") + body + CodeText.Mod11And10(body);
    }

    private static void RequireDivision(string division)
    {
        if (division.Length != 6 || !CodeText.IsDigits(division)) throw new ArgumentException("six digits expected", nameof(division));
    }

    /// <summary>SplitMix64: the numbers must not change with the runtime, which System.Random does not promise.</summary>
    private sealed class Sequence(int seed, int salt)
    {
        private ulong _state = (ulong)(uint)seed << 8 | (uint)salt;

        public int Next(int below)
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return (int)((z ^ z >> 31) % (ulong)below);
        }

        public string Take(string alphabet, int length) => string.Create(length, (alphabet, this), static (span, given) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = given.alphabet[given.Item2.Next(given.alphabet.Length)];
        });
    }
}

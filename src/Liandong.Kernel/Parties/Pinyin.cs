using System.Buffers.Binary;
using System.Text;

namespace Liandong.Kernel.Parties;

/// <summary>
/// Pinyin initials and pinyin order for names of items, organs and people, from one table (Data/pinyin.bin, made from Unicode CLDR by eng/pinyin-table.mjs)
/// because the product runs without ICU. A character has one reading, the most common one; words in which another is meant are listed in
/// Data/pinyin-words.txt, surnames in Data/pinyin-surnames.txt, each respelt with a homophone.
/// </summary>
public static class Pinyin
{
    // Han characters of a sort key move here: above Latin, kana and punctuation, below surrogates, room for every rank.
    private const char FirstKey = '\u4E00';
    private const char OtherKey = '\uF8FF';

    private static readonly Table Ranks = Table.Load();
    private static readonly Respelling Words = Respelling.Load("pinyin-words.txt");
    private static readonly Respelling Surnames = Respelling.Load("pinyin-surnames.txt");

    /// <summary>
    /// The first letters, lower case: 建筑垃圾处置核准 → jzljczhz. ASCII letters and digits stay (A级景区 → ajjq), everything else is left out.
    /// </summary>
    public static string Initials(string? text)
    {
        var initials = new StringBuilder();
        foreach (var each in Words.Respell(text ?? ""))
        {
            var c = CodeText.HalfWidth(each);
            if (char.IsAsciiLetterOrDigit(c)) initials.Append(char.ToLowerInvariant(c));
            else if (c == '〇') initials.Append('l');
            else if (Ranks.InitialOf(c) is { } letter) initials.Append(letter);
        }
        return initials.ToString();
    }

    /// <summary>The initials of a person's name, with the surname read as a surname: 曾国藩 → zgf, 单雄信 → sxx.</summary>
    public static string InitialsOfPerson(string? name) => Initials(Surnames.RespellStart(name?.Trim() ?? ""));

    /// <summary>Orders two texts as a Chinese reader expects: punctuation, digits, Latin letters, then characters by pinyin, tone and strokes. A total order: only equal texts give 0.</summary>
    public static int Compare(string? left, string? right)
    {
        var byKey = string.CompareOrdinal(SortKey(left), SortKey(right));
        return byKey != 0 ? byKey : string.CompareOrdinal(left, right);
    }

    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>
    /// A text whose ordinal order is the pinyin order of the given one, for a column that a database sorts by (binary or C collation). It is a key, not to be read.
    /// Texts that differ only in case, width or rare scripts share a key; sort by the text itself after it.
    /// </summary>
    public static string SortKey(string? text)
    {
        var respelt = Words.Respell(text ?? "");
        return string.Create(respelt.Length, respelt, static (key, source) =>
        {
            for (var i = 0; i < key.Length; i++)
            {
                var c = char.ToLowerInvariant(CodeText.HalfWidth(source[i]));
                if (c == '〇') c = '零';
                var rank = Ranks.RankOf(c);
                key[i] = rank > 0 ? (char)(FirstKey + rank) : c < 0x3400 ? c : OtherKey;
            }
        });
    }

    private sealed class Table
    {
        private readonly (int Rank, char Letter)[] _initials;
        private readonly int _unread;
        private readonly int _first;
        private readonly ushort[] _ranks;

        private Table((int, char)[] initials, int unread, int first, ushort[] ranks) => (_initials, _unread, _first, _ranks) = (initials, unread, first, ranks);

        public int RankOf(char c) => c >= _first && c - _first < _ranks.Length ? _ranks[c - _first] : 0;

        public char? InitialOf(char c)
        {
            var rank = RankOf(c);
            if (rank == 0 || rank >= _unread) return null;
            var i = _initials.Length - 1;
            while (_initials[i].Rank > rank) i--;
            return _initials[i].Letter;
        }

        /// <summary>Reads the layout that eng/pinyin-table.mjs describes.</summary>
        public static Table Load()
        {
            using var stream = PartiesData.Open("pinyin.bin");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var at = 0;
            ushort Next()
            {
                at += 2;
                return BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at - 2));
            }
            var initials = new (int, char)[Next()];
            for (var i = 0; i < initials.Length; i++)
            {
                var letter = (char)bytes[at++];
                initials[i] = (Next(), letter);
            }
            int unread = Next(), first = Next();
            var ranks = new ushort[Next()];
            for (var i = 0; i < ranks.Length; i++) ranks[i] = Next();
            return new Table(initials, unread, first, ranks);
        }
    }

    /// <summary>Words and what they are read as; the longest word at a place wins.</summary>
    private sealed class Respelling(Dictionary<string, string> words)
    {
        private readonly HashSet<char> _beginnings = [.. words.Keys.Select(word => word[0])];
        private readonly int _longest = words.Keys.Max(word => word.Length);

        public static Respelling Load(string file)
        {
            using var reader = new StreamReader(PartiesData.Open(file));
            var words = new Dictionary<string, string>();
            while (reader.ReadLine() is { } line)
            {
                if (line.Length == 0 || line[0] == '#') continue;
                var parts = line.Split(' ');
                words.Add(parts[0], parts[^1]);
            }
            return new Respelling(words);
        }

        public string Respell(string text)
        {
            if (!text.Any(_beginnings.Contains)) return text;
            var result = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length;)
            {
                var word = WordAt(text, i);
                if (word is null) result.Append(text[i++]);
                else
                {
                    result.Append(words[word]);
                    i += word.Length;
                }
            }
            return result.ToString();
        }

        public string RespellStart(string text) => WordAt(text, 0) is { } word ? words[word] + text[word.Length..] : text;

        private string? WordAt(string text, int at)
        {
            if (at >= text.Length || !_beginnings.Contains(text[at])) return null;
            for (var length = Math.Min(_longest, text.Length - at); length > 0; length--)
                if (words.ContainsKey(text.Substring(at, length))) return text.Substring(at, length);
            return null;
        }
    }
}

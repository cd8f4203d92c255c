using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Liandong.Data;

/// <summary>
/// For each organ the number of the last entry whose act changed a row that its desk shows (<see cref="Conventions.ShowsOnDesksOf{T}"/>): what was read for a desk still holds while
/// this number stands, however much the rest of the district does. Kept in the chain head, which every act writes and every request reads anyway. Organs share
/// a fixed number of places: whose place another one uses too is asked anew for nothing now and then, and never the other way round.
/// </summary>
public static class DeskMarks
{
    private const int Places = 64, Size = sizeof(long);

    /// <param name="marks">As the head holds them.</param>
    /// <param name="number">The head's number. Whoever moved it without leaving marks (a node of an earlier version) may have changed any desk.</param>
    public static long Of(byte[] marks, long number, Guid organ) => Hold(marks, number) ? At(marks, PlaceOf(organ)) : number;

    private static bool Hold(byte[] marks, long number) => marks.Length == Size * (Places + 1) && At(marks, 0) == number;

    private static long At(byte[] marks, int place) => BinaryPrimitives.ReadInt64LittleEndian(marks.AsSpan(place * Size));

    // The first place is the number that the marks were left with. An id ends in random bits and begins with the time.
    private static int PlaceOf(Guid organ)
    {
        Span<byte> bytes = stackalloc byte[16];
        organ.TryWriteBytes(bytes);
        return 1 + bytes[15] % Places;
    }

    /// <summary>The desks that the rows of one saving concern.</summary>
    public sealed class Touched
    {
        private static readonly ConcurrentDictionary<IEntityType, IClrPropertyGetter[]?> Getters = new();

        private readonly HashSet<Guid> organs = [];
        private bool all;

        public void Add(IEntityType type, object row, bool isNew)
        {
            if (Getters.GetOrAdd(type, static each => each.DesksOf() is { } named ? [.. named.Select(name => each.FindProperty(name)!.GetGetter())] : null) is not { } ofOrgans) return;
            // A row that names no organ is shown by desks of any: a new one by none yet.
            if (ofOrgans.Length == 0) all |= !isNew;
            foreach (var of in ofOrgans)
                if (of.GetClrValue(row) is Guid organ) organs.Add(organ);
        }

        /// <param name="before">Number of the head before this saving.</param>
        /// <param name="number">Number of the head with this saving.</param>
        public byte[] After(byte[] marks, long before, long number)
        {
            var after = new byte[Size * (Places + 1)];
            var known = Hold(marks, before) && !all;
            if (known) marks.CopyTo(after, 0);
            else for (var place = 1; place <= Places; place++) Write(place);
            foreach (var organ in organs) Write(PlaceOf(organ));
            Write(0);
            return after;

            void Write(int place) => BinaryPrimitives.WriteInt64LittleEndian(after.AsSpan(place * Size), number);
        }
    }
}

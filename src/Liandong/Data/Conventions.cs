using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Liandong.Desk;
using Liandong.Documents.Layout;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Liandong.Data;

/// <summary>What holds for every table: district first in the key and in every query, a version token, UTC instants, enums as words.</summary>
public static class Conventions
{
    public const string District = "District";
    public const string Version = "Version";
    private const string Technical = "Liandong:Technical";
    private const string Directory = "Liandong:Directory";
    private const string Desks = "Liandong:Desks";

    /// <summary>Marks a table that holds no business data (keys, cursors, caches): it may be saved without an act and has no version token.</summary>
    public static EntityTypeBuilder<T> IsTechnical<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.HasAnnotation(Technical, true);
        return entity;
    }

    public static bool IsTechnical(this IReadOnlyTypeBase type) => type.FindAnnotation(Technical) is not null;

    /// <summary>Marks what <see cref="DirectoryBook"/> keeps: an act that changes such a row leaves its number in <see cref="ChainHead.Directory"/>.</summary>
    public static EntityTypeBuilder<T> IsOfDirectory<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.HasAnnotation(Directory, true);
        return entity;
    }

    public static bool IsOfDirectory(this IReadOnlyTypeBase type) => type.FindAnnotation(Directory) is not null;

    /// <summary>Marks what desks show: an act that changes such a row leaves its number in <see cref="ChainHead.Desks"/> for the organs that these properties name, and for all of them where none is named.</summary>
    public static EntityTypeBuilder<T> ShowsOnDesksOf<T>(this EntityTypeBuilder<T> entity, params string[] organs) where T : class
    {
        entity.HasAnnotation(Desks, string.Join(',', organs));
        return entity;
    }

    /// <summary>The properties that name the organs; null for what no desk shows.</summary>
    public static string[]? DesksOf(this IReadOnlyTypeBase type) => type.FindAnnotation(Desks)?.Value is string named ? named.Split(',', StringSplitOptions.RemoveEmptyEntries) : null;

    /// <summary>
    /// A list of values (<c>IReadOnlyList&lt;T&gt;</c>) and the text of a document are one JSON column each, and a limit is text such as <c>workdays:3</c>: EF would take them for
    /// navigations to other tables, of which this model has none.
    /// </summary>
    internal static void Values(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<Term>().HaveConversion<TermAsText>();
        configuration.Properties<DocumentContent>().HaveConversion<AsJson<DocumentContent>, SameJson<DocumentContent>>();
        configuration.Properties<ReminderHabits>().HaveConversion<AsJson<ReminderHabits>, SameJson<ReminderHabits>>();
        var lists = typeof(AppDb).GetProperties().Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
            .SelectMany(p => p.PropertyType.GetGenericArguments()[0].GetProperties()).Select(p => p.PropertyType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)).Distinct();
        foreach (var list in lists)
            configuration.Properties(list).HaveConversion(typeof(AsJson<>).MakeGenericType(list), typeof(SameJson<>).MakeGenericType(list));
    }

    internal static void Apply(ModelBuilder builder, AppDb db)
    {
        var sqlite = db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);
        foreach (var type in builder.Model.GetEntityTypes().ToList())
        {
            if (type.IsOwned()) continue;
            var entity = builder.Entity(type.ClrType);
            if (!type.IsTechnical()) entity.Property<int>(Version).IsConcurrencyToken();
            if (type.ClrType.GetProperty(District) is not null)
            {
                entity.Property<string>(District).HasMaxLength(12);
                if (type.ClrType.GetProperty("Id") is not null && type.FindPrimaryKey()?.Properties.Count is null or 1) entity.HasKey(District, "Id");
                entity.HasQueryFilter(OfDistrict(type.ClrType, db));
            }
            foreach (var property in type.GetProperties().ToList())
            {
                var clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (clr.IsEnum && property.GetValueConverter() is null) property.SetProviderClrType(typeof(string));
                if (clr == typeof(DateTimeOffset)) property.SetValueConverter(sqlite ? AsText : AsUtc);
            }
        }
    }

    // On SQLite an instant is UTC text of fixed width, so that text order is time order; on PostgreSQL it is timestamptz.
    private const string InstantFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    private static readonly ValueConverter AsText = new ValueConverter<DateTimeOffset, string>(
        v => v.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture),
        s => new DateTimeOffset(DateTime.ParseExact(s, InstantFormat, CultureInfo.InvariantCulture), TimeSpan.Zero).ToOffset(Beijing.Offset));

    private static readonly ValueConverter AsUtc = new ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v.ToOffset(Beijing.Offset));

    private static LambdaExpression OfDistrict(Type type, AppDb db)
    {
        var row = Expression.Parameter(type, "row");
        // The property is read from the context instance at each query: EF turns it into a parameter.
        var current = Expression.Property(Expression.Constant(db, typeof(AppDb)), nameof(AppDb.District));
        return Expression.Lambda(Expression.Equal(Expression.Property(row, District), current), row);
    }
}

/// <summary>A value as JSON text.</summary>
internal sealed class AsJson<T>() : ValueConverter<T, string>(v => JsonSerializer.Serialize(v, Ledger.BodyFormat), s => JsonSerializer.Deserialize<T>(s, Ledger.BodyFormat)!);

/// <summary>Two values are the same when their JSON is.</summary>
internal sealed class SameJson<T>() : ValueComparer<T>(
    (a, b) => JsonSerializer.Serialize(a, Ledger.BodyFormat) == JsonSerializer.Serialize(b, Ledger.BodyFormat),
    v => JsonSerializer.Serialize(v, Ledger.BodyFormat).GetHashCode(StringComparison.Ordinal),
    v => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(v, Ledger.BodyFormat), Ledger.BodyFormat)!);

internal sealed class TermAsText() : ValueConverter<Term, string>(t => t.ToString(), s => Term.Parse(s));

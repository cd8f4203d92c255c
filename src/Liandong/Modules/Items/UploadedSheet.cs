using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

public enum SheetPurpose { Items, Register, Draft, Cases }

/// <summary>A table that was sent in and waits to be confirmed, between its preview and its import. It holds nothing that counts, and goes after a day.</summary>
public sealed class UploadedSheet
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required SheetPurpose Purpose { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; init; }

    /// <summary>SM3 of the file, by which the import's act names it.</summary>
    public required string Digest { get; init; }

    /// <summary>What the sender says about its origin; becomes the source of what is imported.</summary>
    public required string Source { get; init; }

    /// <summary>First day of rows that name none.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The items stand in for the district's own.</summary>
    public bool StandIn { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? Person { get; init; }
}

/// <summary>Keeps uploaded tables for their confirmation. Only who sent a table sees it again.</summary>
public sealed class SheetDesk(AppDb db, Actor actor, Clock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public sealed record Input(SheetPurpose Purpose, string FileName, byte[] Content, string Source, DateOnly? From = null, bool StandIn = false);

    /// <summary>Reads the table once, so that what is no table, or not the one that is asked for, is refused at the form, and keeps it.</summary>
    /// <param name="check">Refuses a table without the columns that its import needs.</param>
    public async Task<UploadedSheet> KeepAsync(Input input, Action<Sheet> check, CancellationToken ct)
    {
        check(Sheet.Read(input.Content, input.FileName));
        var upload = new UploadedSheet
        {
            District = db.District, Id = clock.NewId(), Purpose = input.Purpose, FileName = Path.GetFileName(input.FileName), Content = input.Content, Digest = DigestOf(input.Content),
            Source = input.Source.Trim(), From = input.From, StandIn = input.StandIn, At = clock.Now, Person = actor.Person,
        };
        var old = clock.Now - Kept;
        await db.UploadedSheets.Where(s => s.At < old).ExecuteDeleteAsync(ct);
        db.UploadedSheets.Add(upload);
        await db.SaveChangesAsync(ct);
        return upload;
    }

    public async Task<UploadedSheet> FindAsync(Guid id, SheetPurpose purpose, CancellationToken ct) =>
        await db.UploadedSheets.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Purpose == purpose && s.Person == actor.Person, ct) ?? throw NotFound.Of("这份上传的表格(上传的表格只保留一天)");

    /// <summary>A register table, whether it was sent in to be tried out or to be imported.</summary>
    public async Task<UploadedSheet> FindDraftAsync(Guid id, CancellationToken ct) =>
        await db.UploadedSheets.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Purpose != SheetPurpose.Items && s.Person == actor.Person, ct) ?? throw NotFound.Of("这份上传的表格(上传的表格只保留一天)");

    public static string DigestOf(byte[] content) => Convert.ToHexStringLower(Sm3.Digest(content));

    /// <summary>The file of a form's field, whole.</summary>
    public static async Task<(string Name, byte[] Content)?> FileOfAsync(Shared.Posted form, string field)
    {
        if (form.Files(field) is not [var file, ..] || file.Length == 0)
        {
            form.Fault(field, "请选择要上传的文件。");
            return null;
        }
        if (file.Length > Sheet.MaxBytes)
        {
            form.Fault(field, $"文件超过{Sheet.MaxBytes / 1024 / 1024}MB,请分成几个文件。");
            return null;
        }
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return (file.FileName, content.ToArray());
    }
}

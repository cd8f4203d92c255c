using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents.Fonts;
using Liandong.Documents.Layout;
using Liandong.Documents.Output;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>The fonts of this installation: those in <c>fonts</c> under the data folder, those of the machine with the names of the standard's faces, the house's own. Read once, at the first document.</summary>
public sealed class Typography(DatabaseChoice place, IServiceProvider services)
{
    private readonly Lazy<FontBook> fonts = new(() => new FontBook([Path.Combine(place.DataFolder, "fonts")], SystemFolders(services.GetService<IConfiguration>())));

    public FontBook Fonts => fonts.Value;

    public Drawing Lay(DocumentContent content) => new DocumentLayout(Fonts).Lay(content);

    public WrittenFile Pdf(DocumentContent content, DateTimeOffset at) => new PdfWriter(Fonts).Write(Lay(content), Facts(content, at));

    public byte[] Docx(DocumentContent content, DateTimeOffset at) => new DocxWriter().Write(content, Lay(content), Facts(content, at));

    /// <summary>Cover, contents and documents in one file.</summary>
    public WrittenFile Pdf(Volume volume, DateTimeOffset at) => new PdfWriter(Fonts).Write(new DocumentLayout(Fonts).Lay(volume), new FileFacts(volume.Title, volume.By, at));

    public byte[] Docx(Volume volume, DateTimeOffset at) => new DocxWriter().Write(new DocumentLayout(Fonts).LayParts(volume), new FileFacts(volume.Title, volume.By, at));

    private static FileFacts Facts(DocumentContent content, DateTimeOffset at) => new(content.Title.Replace("\n", "", StringComparison.Ordinal), string.Join("、", content.Mark), at);

    // --documents:system-fonts false leaves the machine's fonts alone, for offices whose licence is for the screen only.
    private static IReadOnlyList<string> SystemFolders(IConfiguration? settings) => settings?.GetValue("documents:system-fonts", true) == false ? [] :
    [
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts) is { Length: > 0 } folder ? folder : "/usr/share/fonts", "/usr/local/share/fonts",
    ];
}

/// <summary>打印、下载 a document that the actor may see.</summary>
public sealed class PrintDocument(AppDb db, Actor actor, Typography typography)
{
    /// <summary>A file with the name under which it is saved.</summary>
    public sealed record Printed(byte[] Bytes, string Name, IReadOnlyList<string> Remarks);

    public async Task<Printed> PdfAsync(Guid id, CancellationToken ct)
    {
        var document = await FindAsync(id, ct);
        var written = typography.Pdf(document.Content, document.ChangedAt);
        return new Printed(written.Bytes, NameOf(document, "pdf"), written.Remarks);
    }

    public async Task<Printed> DocxAsync(Guid id, CancellationToken ct)
    {
        var document = await FindAsync(id, ct);
        return new Printed(typography.Docx(document.Content, document.ChangedAt), NameOf(document, "docx"), []);
    }

    private async Task<OfficialDocument> FindAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentView);
        return await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
    }

    private static string NameOf(OfficialDocument document, string type) => string.Concat($"{(document.Number.Length > 0 ? document.Number : "草稿")} {document.Title}".Split(Path.GetInvalidFileNameChars())) + "." + type;
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Liandong.Data;

namespace Liandong.Attachments;

/// <summary>
/// The store under the data folder: <c>files/&lt;district&gt;/ab/cd/abcd…</c>. A content arrives under a name of the spool on the same disk, is
/// flushed, and then gets its own name in one step, so that neither a full disk nor a killed process nor a power cut leaves half of it there.
/// </summary>
public sealed class DiskStore(DatabaseChoice choice) : IContentStore
{
    public string Root { get; } = Path.Combine(choice.DataFolder, "files");

    /// <summary>Where a content lies.</summary>
    public string PlaceOf(string district, string sm3) => Path.Combine(Root, district, sm3[..2], sm3[2..4], sm3);

    private string QuarantineOf(string district, string sm3) => Path.Combine(Root, ".quarantine", district, sm3);

    public Task PutAsync(string district, ContentDigest digest, string path, CancellationToken ct)
    {
        Move(path, PlaceOf(district, digest.Sm3), flush: true);
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(string district, string sm3, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PlaceOf(district, sm3), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous }));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task QuarantineAsync(string district, string sm3, CancellationToken ct)
    {
        if (File.Exists(PlaceOf(district, sm3))) Move(PlaceOf(district, sm3), QuarantineOf(district, sm3), flush: false);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string district, string sm3, CancellationToken ct)
    {
        foreach (var place in new[] { PlaceOf(district, sm3), QuarantineOf(district, sm3) })
            if (File.Exists(place)) File.Delete(place);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredItem> AllAsync(string district, [EnumeratorCancellation] CancellationToken ct)
    {
        var folder = Path.Combine(Root, district);
        if (!System.IO.Directory.Exists(folder)) yield break;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            yield return new StoredItem(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
        }
        await Task.CompletedTask;
    }

    private static void Move(string from, string to, bool flush)
    {
        if (flush)
            using (var written = File.OpenHandle(from, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(written);
        var folder = Path.GetDirectoryName(to)!;
        System.IO.Directory.CreateDirectory(folder);
        File.Move(from, to, overwrite: true);
        // The name itself lies in the folder: it is safe when the folder is.
        Folder.Flush(folder);
        Folder.Flush(Path.GetDirectoryName(folder)!);
    }
}

/// <summary>Writes a folder's entries through to the disk, which .NET has no call for.</summary>
internal static class Folder
{
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = open(path, 0);
        if (handle < 0) return;
        try
        {
            _ = fsync(handle);
        }
        finally
        {
            _ = close(handle);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
}

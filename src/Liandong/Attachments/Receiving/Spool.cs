using Liandong.Data;
using Liandong.Kernel;

namespace Liandong.Attachments;

/// <summary>
/// Where uploads grow: <c>files/.uploads</c> under the data folder, on the disk of the store, so that a whole file becomes a stored one by a
/// change of name. The length of a part is the only record of how far it came. Nodes that share uploads share this folder.
/// </summary>
public sealed class Spool(DatabaseChoice choice)
{

    public string Folder { get; } = Path.Combine(choice.DataFolder, "files", ".uploads");

    public string PathOf(Guid upload) => Path.Combine(Folder, $"{upload:N}.part");

    /// <summary>How many bytes have arrived.</summary>
    public long LengthOf(Guid upload) => new FileInfo(PathOf(upload)) is { Exists: true } part ? part.Length : 0;

    /// <summary>
    /// Adds what comes to the part and returns the new length, which is on the disk then. When the connection breaks, what has come by then
    /// stays and counts; when the disk is full, the part goes back to where it was.
    /// </summary>
    /// <param name="offset">Where the sender thinks the part ends.</param>
    /// <param name="most">The announced length of the whole.</param>
    /// <exception cref="Refusal">The part ends elsewhere, another request is writing it, more comes than was announced, or the disk is full.</exception>
    public async Task<long> AppendAsync(Guid upload, long offset, long most, Stream content, CancellationToken ct)
    {
        System.IO.Directory.CreateDirectory(Folder);
        await using var part = Open(upload);
        if (part.Length != offset) throw new Refusal("upload.offset-mismatch", $"已经收到{part.Length}字节,请从这里继续。");
        part.Position = offset;
        var buffer = new byte[128 * 1024];
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                if (part.Position + read > most) throw new Refusal("upload.too-long", "收到的内容比声明的长,没有保存。");
                // What has arrived is written even when the sender is gone by now.
                await part.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
        }
        catch (Refusal)
        {
            part.SetLength(offset);
            throw;
        }
        catch (IOException full) when (IsFull(full))
        {
            part.SetLength(offset);
            throw Full();
        }
        finally
        {
            part.Flush(flushToDisk: true);
        }
        return part.Length;
    }

    public void Drop(Guid upload)
    {
        if (File.Exists(PathOf(upload))) File.Delete(PathOf(upload));
    }

    /// <summary>Parts that nobody has written since.</summary>
    public IEnumerable<string> OlderThan(DateTimeOffset at) => System.IO.Directory.Exists(Folder)
        ? new DirectoryInfo(Folder).EnumerateFiles("*.part").Where(f => f.LastWriteTimeUtc < at.UtcDateTime).Select(f => f.FullName) : [];

    /// <summary>ENOSPC on Unix, ERROR_DISK_FULL on Windows.</summary>
    public static bool IsFull(IOException failure) => (failure.HResult & 0xFFFF) is 28 or 112;

    public static Refusal Full() => new("attachment.disk-full", "服务器的存储空间不足,文件没有保存;请联系系统管理员。");

    private FileStream Open(Guid upload)
    {
        try
        {
            return new FileStream(PathOf(upload), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous });
        }
        catch (IOException full) when (IsFull(full))
        {
            throw Full();
        }
        catch (IOException) when (File.Exists(PathOf(upload)))
        {
            throw new Refusal("upload.in-progress", "这个文件正由另一个请求上传,请稍后再试。");
        }
    }
}

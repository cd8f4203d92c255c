using System.Text;
using CsCheck;
using Liandong.Shared;
using Liandong.Sheets;
using Xunit;

namespace Liandong.Tests.Sheets;

/// <summary>Tables from outside and to outside.</summary>
public sealed class SheetTests
{
    private static readonly string[] Letters = ["a", "事项", ",", "\"", "\r\n", "\n", " ", "=1+1", "0", "\t", ";", "許可"];
    private static readonly Gen<string> Cell = Gen.Int[0, Letters.Length - 1].Select(n => Letters[n]).Array[0, 5].Select(string.Concat);

    [Fact]
    public void What_is_written_as_csv_is_read_again_as_it_was() => Cell.Array[1, 5].Array[1, 6].Sample(lines =>
    {
        // The separator is read off the heading line, so that line names plain columns.
        string[][] table = [["名称", "代码"], .. lines];
        var read = Csv.Parse(Encoding.UTF8.GetString(Csv.Write(table)).TrimStart('\uFEFF')).ToList();
        return read.Count == table.Length && read.Zip(table).All(pair => pair.First.SequenceEqual(pair.Second.Select(Guarded)));
    });

    /// <summary>What offices write by hand is no RFC 4180, and no line of it is lost.</summary>
    [Fact]
    public void Csv_is_read_as_loosely_as_it_is_written()
    {
        Assert.Equal([["a", "b"], ["5\" 管", "2"], ["# 备注", "1"], [""], ["1", "2", "3"], ["甲\r\n乙", ""]], Csv.Parse("a,b\n5\" 管,2\n# 备注,1\r\n\r1,2,3\n\"甲\r\n乙\","));
        Assert.Equal([["编码;a", "名称"], ["1,5", "乙"]], Csv.Parse("编码;a\t名称\n1,5\t乙\n"));
        Assert.Equal([["a", "b"], [new string('长', 300_000), "未关引号\n完"]], Csv.Parse($"a,b\n{new string('长', 300_000)},\"未关引号\n完"));
        Assert.Empty(Csv.Parse(""));
    }

    /// <summary>A title across the columns is no heading; a table of one column is no title.</summary>
    [Fact]
    public void The_heading_is_found_below_a_title_and_lines_count_as_the_sender_sees_them()
    {
        var titled = Sheet.Read("历下区办件清单,,\n单位:区审批局,,\n\n办件编号,事项编码,\nA-1,甲,\n,,\nA-2,乙,\n"u8.ToArray(), "办件.csv");
        Assert.Equal(["办件编号", "事项编码", ""], titled.Headings);
        Assert.Equal([5, 7], titled.Rows.Select(r => r.Line));
        var column = Sheet.Read("事项编码\nA-1\nA-2\n"u8.ToArray(), "编码.csv");
        Assert.Equal("事项编码", Assert.Single(column.Headings));
        Assert.Equal(["A-1", "A-2"], column.Rows.Select(r => column.Cell(r, "事项编码")));
        var long_ = Sheet.Read(Encoding.UTF8.GetBytes("编码\n" + string.Concat(Enumerable.Range(1, 9).Select(n => $"A-{n}\n"))), "编码.csv");
        Assert.Equal(9, long_.Rows.Count);
        Assert.Equal("编码", Assert.Single(long_.Headings));
    }

    [Theory]
    [InlineData("%PDF-1.4\n1 0 obj\n")]
    [InlineData("\uFEFF<html><table><tr><td>办件编号</td></tr></table></html>")]
    [InlineData("{\\rtf1\\ansi 办件编号,事项编码}")]
    public void What_is_text_and_no_table_is_said_to_be_none(string text) =>
        Assert.Equal("不是表格文件。可以上传 .xlsx 或 .csv。", Assert.Throws<InvalidInput>(() => Sheet.Read(Encoding.UTF8.GetBytes(text), "办件.xlsx")).Errors["File"]);

    [Fact]
    public void What_is_written_as_xlsx_is_read_again_as_text()
    {
        var file = Workbook.Write(new Workbook.Page("事项", ["事项编码", "事项名称", "时限", "启用日期"],
            [["115113016823646795", "=1+1", 20, new DateOnly(2026, 3, 2)], ["00012", "食品<经营>&许可", null, null]]));

        var sheet = Sheet.Read(file, "事项.xlsx");

        Assert.Equal(["事项编码", "事项名称", "时限", "启用日期"], sheet.Headings);
        Assert.Equal(["115113016823646795", "=1+1", "20", "2026-03-02"], sheet.Rows[0].Cells);
        Assert.Equal("00012", sheet.Cell(sheet.Rows[1], "事项编码"));
        Assert.Equal("食品<经营>&许可", sheet.Cell(sheet.Rows[1], "名称", "事项名称"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    [InlineData("utf-16")]
    public void Csv_is_read_in_every_encoding_that_offices_write(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var writer = Encoding.GetEncoding(encoding);
        byte[] file = [.. writer.GetPreamble(), .. writer.GetBytes("* 事项名称(必填),编码\r\n\"食品经营许可,含㐂\",1\r\n\r\n燃气经营许可,2\r\n")];

        var sheet = Sheet.Read(file, "a.csv");

        Assert.Equal("食品经营许可,含㐂", sheet.Cell(sheet.Rows[0], "事项名称"));
        Assert.Equal([2, 4], sheet.Rows.Select(r => r.Line));
    }

    [Fact]
    public void What_is_no_table_is_refused_with_a_sentence()
    {
        Assert.Contains("空", Reason([]), StringComparison.Ordinal);
        Assert.Contains(".xls", Reason([0xD0, 0xCF, 0x11, 0xE0, 1, 2]), StringComparison.Ordinal);
        Assert.Contains("不是表格", Reason([1, 2, 0, 3]), StringComparison.Ordinal);
        Assert.Contains("打不开", Reason([0x50, 0x4B, 3, 4, 5, 6, 7]), StringComparison.Ordinal);
        Assert.Contains("20MB", Reason(new byte[Sheet.MaxBytes + 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_that_unpacks_to_a_bomb_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var content = zip.CreateEntry("xl/worksheets/sheet1.xml", System.IO.Compression.CompressionLevel.Fastest).Open())
            for (var i = 0; i < 401; i++) content.Write(new byte[1024 * 1024]);
        Assert.True(stream.Length < Sheet.MaxBytes);
        Assert.Contains("解压后太大", Reason(stream.ToArray()), StringComparison.Ordinal);
    }

    private static string Reason(byte[] file) => Assert.Throws<InvalidInput>(() => Sheet.Read(file, "a")).Errors["File"];

    private static string Guarded(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + cell : cell;
}

using CsCheck;
using Liandong.Api;
using Liandong.Kernel.Calendar;
using Liandong.Shared;
using Xunit;

namespace Liandong.Tests.Api;

/// <summary>Paging by keyset: the place survives the way to the client and back, and no other text is a place.</summary>
public sealed class PagingTests
{
    private static readonly Gen<(DateTimeOffset At, Guid Id, string Text, long Number)> Keys =
        Gen.Select(Gen.DateTimeOffset, Gen.Guid, Gen.String[Gen.Char['一', '龥'], 0, 12], Gen.Long);

    [Fact]
    public void A_place_comes_back_as_it_went() => Keys.Sample(key =>
    {
        var back = Cursor.Parse(Cursor.Of(key.At, key.Id, key.Text, key.Number).ToString());
        return back.Instant(0) == key.At && back.Id(1) == key.Id && back.Text(2) == key.Text && back.Number(3) == key.Number;
    });

    [Fact]
    public void A_place_that_was_changed_is_refused() => Gen.Select(Keys, Gen.Int[0, 200], Gen.Char["ABCxyz019-_!"]).Sample((key, at, letter) =>
    {
        var place = Cursor.Of(key.At, key.Id, key.Text).ToString();
        var index = at % place.Length;
        if (place[index] == letter) return;
        var changed = place[..index] + letter + place[(index + 1)..];
        // The last character may carry bits that decode to nothing; the place is then the same place.
        if (changed != place && index < place.Length - 1) Assert.Equal("after", Assert.Throws<InvalidInput>(() => Cursor.Parse(changed)).Errors.Keys.Single());
    });

    [Theory]
    [InlineData("x"), InlineData("AAAA"), InlineData("....."), InlineData("林")]
    public void What_is_no_place_is_refused(string text) => Assert.Throws<InvalidInput>(() => new Paging { After = text }.Place);

    [Fact]
    public void A_place_of_another_list_is_refused() => Assert.Throws<InvalidInput>(() => Cursor.Parse(Cursor.Of("文本").ToString()).Instant(0));

    [Theory]
    [InlineData(null, 50), InlineData(1, 1), InlineData(200, 200)]
    public void A_page_has_1_to_200_rows(int? limit, int size) => Assert.Equal(size, new Paging { Limit = limit }.Size);

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(201)]
    public void Another_size_is_refused(int limit) => Assert.Throws<InvalidInput>(() => new Paging { Limit = limit }.Size);

    [Fact]
    public void The_last_page_names_no_next()
    {
        var paging = new Paging { Limit = 2 };
        Assert.Null(paging.PageOf([1, 2], n => Cursor.Of(n)).Next);
        var first = paging.PageOf([1, 2, 3], n => Cursor.Of(n));
        Assert.Equal([1, 2], first.Items);
        Assert.Equal(2, Cursor.Parse(first.Next!).Number(0));
        Assert.Equal(new DateOnly(2026, 3, 5), Cursor.Parse(Cursor.Of(Beijing.DayOf(new(2026, 3, 5, 1, 0, 0, TimeSpan.FromHours(8)))).ToString()).Day(0));
    }
}

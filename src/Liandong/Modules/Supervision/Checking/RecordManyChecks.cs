using System.Runtime.CompilerServices;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Liandong.Modules.Supervision;

/// <summary>
/// 批量报送检查记录: one line, one record, one transaction. A line that fails says why and stops nobody; a file sent again after a broken
/// connection adds only what is missing, by the department's own numbers.
/// </summary>
public sealed class RecordManyChecks(IServiceScopeFactory scopes, DistrictScope district, Actor actor, IOptions<JsonOptions> json)
{
    /// <summary>One line: the check as in <see cref="RecordCheck.Input"/>, its push named by id, by push number or by case number.</summary>
    public sealed record Line(string SourceNumber, DateOnly On, IReadOnlyList<OfficerInput> Officers, CheckResult Result, Treatment Treatment, Guid? Push = null, string? PushNumber = null, string? CaseNumber = null,
        string? Place = null, PlanKind? Kind = null, IReadOnlyList<CheckPoint>? Points = null, DateOnly? RectifyBy = null, string? Requirement = null, Guid? HandTo = null, Guid? HandToSection = null,
        Publicity Publicity = Publicity.Internal, string? LegalPerson = null, string? Contact = null, string? Note = null);

    public enum Outcome { Recorded, AlreadyThere, Refused }

    /// <param name="Line">Counted from 1, blank lines included.</param>
    /// <param name="Code">Stable code of the refusal; absent when the line was taken.</param>
    /// <param name="Errors">Field to sentence, where fields are wrong.</param>
    public sealed record LineResult(int Line, Outcome Outcome, string? SourceNumber, Guid? Check = null, int? Nth = null, string? Code = null, string? Message = null, IReadOnlyDictionary<string, string>? Errors = null);

    public async IAsyncEnumerable<LineResult> RunAsync(IAsyncEnumerable<JsonLines.Line> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionRecord);
        await foreach (var (number, bytes) in lines.WithCancellation(ct))
            yield return bytes is { } text ? await OneAsync(number, text, ct) : new LineResult(number, Outcome.Refused, null, Code: "line.too-long", Message: $"这一行超过{JsonLines.LongestLine / 1024}KB。");
    }

    private async Task<LineResult> OneAsync(int number, ReadOnlyMemory<byte> text, CancellationToken ct)
    {
        Line? line = null;
        try
        {
            line = JsonSerializer.Deserialize<Line>(text.Span, json.Value.SerializerOptions) ?? throw new JsonException();
            if (string.IsNullOrWhiteSpace(line.SourceNumber)) throw new InvalidInput(nameof(line.SourceNumber), "批量报送的记录应有检查编号,重复报送时据此识别。");
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district.Code);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSameAs(actor);
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            if (await db.Checks.AsNoTracking().Where(c => c.Organ == actor.Organ && c.SourceNumber == line.SourceNumber.Trim()).Select(c => new { c.Id, c.Nth }).FirstOrDefaultAsync(ct) is { } known)
                return new LineResult(number, Outcome.AlreadyThere, line.SourceNumber, known.Id, known.Nth);
            var check = await scope.ServiceProvider.GetRequiredService<RecordCheck>().RunAsync(new RecordCheck.Input(await PushOfAsync(db, line, ct), line.On, line.Officers, line.Result, line.Treatment,
                line.Place, line.Kind, line.Points, line.RectifyBy, line.Requirement, line.HandTo, line.HandToSection, line.Publicity, line.LegalPerson, line.Contact, line.Note, SourceNumber: line.SourceNumber), ct);
            return new LineResult(number, Outcome.Recorded, line.SourceNumber, check.Id, check.Nth);
        }
        catch (JsonException unreadable)
        {
            return new LineResult(number, Outcome.Refused, null, Code: "line.malformed", Message: $"这一行不是完整的 JSON,或者字段的类型不对:{unreadable.Path}");
        }
        catch (Exception failure) when (failure is Refusal or InvalidInput or NotFound)
        {
            return new LineResult(number, Outcome.Refused, line?.SourceNumber, Code: Problems.Of(failure).Extensions["code"] as string, Message: failure.Message,
                Errors: (failure as InvalidInput)?.Errors.ToDictionary(e => Problems.Camel(e.Key), e => e.Value));
        }
    }

    /// <summary>The organ's push that a line names; the use case refuses what is not claimed.</summary>
    private async Task<Guid> PushOfAsync(AppDb db, Line line, CancellationToken ct)
    {
        if (line.Push is { } id) return id;
        var own = db.Pushes.AsNoTracking().Where(p => p.Organ == actor.Organ && p.State != PushState.Pending);
        if (line.PushNumber is { Length: > 0 } number) own = own.Where(p => p.Number == number.Trim());
        else if (line.CaseNumber is { Length: > 0 } of) own = own.Where(p => p.CaseNumber == of.Trim());
        else throw new InvalidInput("Push", "请用 push、pushNumber 或者 caseNumber 指明是哪一件推送。");
        return await own.Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct) ?? throw NotFound.Of("该推送");
    }
}

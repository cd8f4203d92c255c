using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Linkage;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>报送办件: the use case behind every door. Received, decided or delivered, once or step by step; sending again changes nothing.</summary>
public sealed class SendCase(AppDb db, ItemTable items, PartyKeys parties, CaseIntake intake, Ledger ledger, Actor actor, Clock clock, RequestKey key)
{
    /// <summary>One case.</summary>
    /// <exception cref="InvalidInput">A field is wrong.</exception>
    /// <exception cref="Refusal"><c>case.contradicts</c>: the number is known with other content.</exception>
    public async Task<IntakeResult> RunAsync(CaseInput input, CancellationToken ct)
    {
        var result = await TryAsync(input, ct);
        if (result.Code == "input.invalid") throw new InvalidInput(result.Errors);
        return result.Status != IntakeStatus.Failed ? result : throw new Refusal(result.Code, "同一编号的办件已经报送,内容不一致:" + string.Join("", result.Errors.Values));
    }

    /// <summary>One case, where a fault is an answer and not an exception.</summary>
    /// <param name="mustBeDecided">A push: the decision has to be there.</param>
    public async Task<IntakeResult> TryAsync(CaseInput input, CancellationToken ct, bool mustBeDecided = false)
    {
        DemandBureau();
        var (message, errors) = CaseCheck.Check(input, await items.ByCodeAsync(ct), clock.Now, DefaultSource, mustBeDecided);
        if (message is null) return IntakeResult.Failed(input.Number ?? "", "input.invalid", errors);
        var once = key.Once;
        var answer = await intake.SubmitAsync(db.District, By, [parties.Identify(message)], once, ct);
        if (once is not null) key.Entry ??= answer.Entry;
        return answer.Results[0];
    }

    /// <summary>Many at once, each for itself: a faulty one is answered as failed and the others go on.</summary>
    public async Task<IReadOnlyList<IntakeResult>> RunManyAsync(IReadOnlyList<CaseInput> inputs, CancellationToken ct, bool mustBeDecided = false) => await await HandInAsync(inputs, mustBeDecided, ct);

    /// <summary>Checks many and hands them to the writer; the inner task ends when they are written. Meanwhile the next may be handed in.</summary>
    public async Task<Task<IReadOnlyList<IntakeResult>>> HandInAsync(IReadOnlyList<CaseInput> inputs, bool mustBeDecided, CancellationToken ct)
    {
        DemandBureau();
        var find = await items.ByCodeAsync(ct);
        var results = new IntakeResult[inputs.Count];
        var (good, places) = (new List<CheckedCase>(inputs.Count), new List<int>(inputs.Count));
        var now = clock.Now;
        for (var i = 0; i < inputs.Count; i++)
        {
            var (message, errors) = CaseCheck.Check(inputs[i], find, now, DefaultSource, mustBeDecided);
            if (message is null)
            {
                results[i] = IntakeResult.Failed(inputs[i].Number ?? "", "input.invalid", errors);
                continue;
            }
            good.Add(parties.Identify(message));
            places.Add(i);
        }
        return StoreAsync();

        async Task<IReadOnlyList<IntakeResult>> StoreAsync()
        {
            IReadOnlyList<IntakeResult> stored;
            try
            {
                stored = (await intake.SubmitAsync(db.District, By, good, null, ct)).Results;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The writer has logged why. Whoever sends many learns it line by line and sends those again.
                stored = [.. good.Select(g => IntakeResult.NotStored(g.Number))];
            }
            for (var i = 0; i < places.Count; i++) results[places[i]] = stored[i];
            return results;
        }
    }

    /// <summary>Checks without storing anything: the preview of an import.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> CheckAsync(IReadOnlyList<CaseInput> inputs, CancellationToken ct)
    {
        DemandBureau();
        var find = await items.ByCodeAsync(ct);
        var now = clock.Now;
        return [.. inputs.Select(i => CaseCheck.Check(i, find, now, DefaultSource).Errors)];
    }

    private string DefaultSource => actor.Channel switch { "接口" => actor.Name, _ => Case.OwnSource };

    private Sender By => Sender.Of(actor);

    /// <summary>Cases come in the bureau's name only: a department's client cannot bring decisions of the bureau.</summary>
    public void DemandBureau()
    {
        actor.Demand(Rights.CaseEnter);
        if (actor.Organ is not null && !actor.IsBureau) throw new Forbidden(Rights.CaseEnter);
        ledger.MustStandAlone("Cases");
    }
}

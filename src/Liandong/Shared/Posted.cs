using System.Globalization;
using Liandong.Kernel;

namespace Liandong.Shared;

/// <summary>
/// What a form sent, read field by field with errors in Chinese beside the field. The typed text stays as it was, so a form
/// that fails shows again what the person wrote.
/// </summary>
public sealed class Posted(IFormCollection? form)
{
    private readonly Dictionary<string, string> errors = new(StringComparer.OrdinalIgnoreCase);

    public bool IsPost => form is not null;
    public IReadOnlyDictionary<string, string> Errors => errors;

    /// <summary>The sentence that no field carries: a refusal, with its citation beside it.</summary>
    public Refusal? Refusal { get; private set; }

    public string? Raw(string name) => form is not null && form.TryGetValue(name, out var value) ? value.ToString().Replace("\0", "", StringComparison.Ordinal) : null;

    public string Text(string name) => (Raw(name) ?? "").Trim();

    public IReadOnlyList<string> All(string name) => form is not null && form.TryGetValue(name, out var values) ? values.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!).ToList() : [];

    public IReadOnlyList<IFormFile> Files(string name) => form?.Files.GetFiles(name) ?? [];

    public bool Ticked(string name) => Raw(name) is "true" or "on" or "1";

    public string Required(string name, string label)
    {
        var text = Text(name);
        if (text.Length == 0) Fault(name, $"请填写{label}。");
        return text;
    }

    public DateOnly? Day(string name, string label)
    {
        var text = Text(name);
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(name, $"{label}应写成年-月-日,例如 2026-11-23。");
        return null;
    }

    public DateOnly RequiredDay(string name, string label)
    {
        if (Text(name).Length == 0) Fault(name, $"请填写{label}。");
        return Day(name, label) ?? default;
    }

    public int? Number(string name, string label)
    {
        var text = Text(name);
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        Fault(name, $"{label}应是整数。");
        return null;
    }

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    /// <summary>The ids of a list of boxes; what is no id is passed over.</summary>
    public IReadOnlyList<Guid> Ids(string name) => [.. All(name).Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    public Guid RequiredId(string name, string label)
    {
        if (Id(name) is { } id) return id;
        Fault(name, $"请选择{label}。");
        return default;
    }

    public T? Choice<T>(string name) where T : struct, Enum => Enum.TryParse<T>(Text(name), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    public T RequiredChoice<T>(string name, string label) where T : struct, Enum
    {
        if (Choice<T>(name) is { } value) return value;
        Fault(name, $"请选择{label}。");
        return default;
    }

    public void Fault(string field, string sentence) => errors.TryAdd(field, sentence);

    public string? ErrorOf(string field) => errors.GetValueOrDefault(field);

    /// <summary>Stops the submission when a field was wrong, before the use case runs.</summary>
    public void ThrowIfFaulty()
    {
        if (errors.Count > 0) throw new InvalidInput(errors);
    }

    /// <summary>Shows a refusal: beside its field when it names one that the form has, above the form otherwise.</summary>
    public void Show(Refusal refusal)
    {
        if (refusal.Field is { } field && (Raw(field) is not null || Raw(Camel(field)) is not null)) Fault(field, refusal.Message);
        Refusal = refusal;
    }

    public void Show(InvalidInput input)
    {
        foreach (var (field, sentence) in input.Errors) Fault(field, sentence);
    }

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>The shape of the input is wrong: a sentence in Chinese per field. 400 at the API, beside the field on a page.</summary>
public sealed class InvalidInput : Exception
{
    public InvalidInput(IReadOnlyDictionary<string, string> errors) : base(string.Join(" ", errors.Values)) => Errors = errors.ToDictionary();

    public InvalidInput(string field, string sentence) : this(new Dictionary<string, string> { [field] = sentence }) { }

    public IReadOnlyDictionary<string, string> Errors { get; }
}

/// <summary>Collects what is wrong with a use case's input, field by field, before anything is done.</summary>
public sealed class InputCheck
{
    private readonly Dictionary<string, string> errors = [];

    public InputCheck That(bool holds, string field, string sentence)
    {
        if (!holds) errors.TryAdd(field, sentence);
        return this;
    }

    public InputCheck Filled(string? text, string field, string label, int longest = 200)
    {
        if (string.IsNullOrWhiteSpace(text)) errors.TryAdd(field, $"请填写{label}。");
        else if (text.Trim().Length > longest) errors.TryAdd(field, $"{label}不能超过{longest}字。");
        return this;
    }

    public InputCheck NotLonger(string? text, string field, string label, int longest)
    {
        if (text?.Length > longest) errors.TryAdd(field, $"{label}不能超过{longest}字。");
        return this;
    }

    /// <exception cref="InvalidInput">At least one field is wrong.</exception>
    public void Throw()
    {
        if (errors.Count > 0) throw new InvalidInput(errors);
    }
}

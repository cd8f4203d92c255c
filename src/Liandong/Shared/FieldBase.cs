using Microsoft.AspNetCore.Components;

namespace Liandong.Shared;

/// <summary>
/// What every field of a form has. Fields post plain values under <see cref="Name"/> and need no EditContext, so a page binds them
/// with <c>[SupplyParameterFromForm]</c> and shows what was typed again by giving it back as <see cref="Value"/>.
/// </summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The posted name, for example <c>Input.Reason</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Value { get; set; }

    /// <summary>What is wrong, and how to mend it. When absent, taken from the surrounding <see cref="FormErrors"/>.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>One sentence of help under the label.</summary>
    [Parameter] public string? Hint { get; set; }

    [Parameter] public bool Required { get; set; }

    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>The system filled this in: marked 系统带入, and still to be changed.</summary>
    [Parameter] public bool Prefilled { get; set; }

    /// <summary>Where the prefilled value comes from: 责任清单 第3版.</summary>
    [Parameter] public string? PrefilledFrom { get; set; }

    /// <summary>Further attributes of the control itself: placeholder, autocomplete, maxlength…</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? More { get; set; }

    [CascadingParameter] private FormErrors? Errors { get; set; }

    /// <summary>What the surrounding <see cref="ActForm"/> was sent: a form that failed shows again what was typed.</summary>
    [CascadingParameter] protected Posted? Posted { get; set; }

    /// <summary>Fields in a filter bar are small and carry no marks.</summary>
    [CascadingParameter(Name = "InFilter")] protected bool InFilter { get; set; }

    protected override void OnParametersSet()
    {
        if (Posted?.Raw(Name) is { } typed) Value = typed;
    }

    protected string Id => IdOf(Name);

    protected string? Wrong => string.IsNullOrEmpty(Error) ? Errors?.For(Name) : Error;

    protected string? DescribedBy =>
        (string.IsNullOrEmpty(Hint), Wrong is null) switch
        {
            (true, true) => null,
            (false, true) => HintIdOf(Name),
            (true, false) => ErrorIdOf(Name),
            _ => $"{HintIdOf(Name)} {ErrorIdOf(Name)}",
        };

    protected string? Invalid => Wrong is null ? null : "true";

    /// <summary>The id of the control with a posted name: where error summaries link to.</summary>
    public static string IdOf(string name) => "f-" + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    internal static string HintIdOf(string name) => IdOf(name) + "-hint";

    internal static string ErrorIdOf(string name) => IdOf(name) + "-error";
}

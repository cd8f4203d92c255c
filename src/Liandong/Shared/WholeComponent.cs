using Microsoft.AspNetCore.Components;

namespace Liandong.Shared;

/// <summary>
/// The base of every component that names no other (see _Imports.razor): it is rendered once, when what it loads is there. Blazor's own
/// base would render first with nothing loaded, which static pages have no use for and which fails wherever a field is not set yet.
/// </summary>
public abstract class WholeComponent : ComponentBase
{
    private bool initialised;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!initialised)
        {
            initialised = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}

/// <summary>The same for a layout: its page begins when the layout has loaded, so that the two may read by one context.</summary>
public abstract class WholeLayout : LayoutComponentBase
{
    private bool initialised;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!initialised)
        {
            initialised = true;
            await OnInitializedAsync();
        }
        StateHasChanged();
    }
}

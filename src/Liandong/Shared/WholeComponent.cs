using Microsoft.AspNetCore.Components;

namespace Liandong.Shared;

/// <summary>
/// The base of every component that names no other (see _Imports.razor): it is rendered once, when what it loads is there. Blazor's own
/// base would render first with nothing loaded, which static pages have no use for and which fails wherever a field is not set yet.
/// </summary>
public abstract class WholeComponent : ComponentBase
{
    private bool initialised;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (initialised) return ShowAsync();
        initialised = true;
        OnInitialized();
        var loading = OnInitializedAsync();
        return loading.IsCompletedSuccessfully ? ShowAsync() : AfterAsync(loading);
    }

    private async Task AfterAsync(Task loading)
    {
        await loading;
        await ShowAsync();
    }

    // Most components of a page are small and wait for nothing: they pay for no state machine.
    private Task ShowAsync()
    {
        OnParametersSet();
        var set = OnParametersSetAsync();
        if (!set.IsCompletedSuccessfully) return ThenAsync(set);
        StateHasChanged();
        return Task.CompletedTask;
    }

    private async Task ThenAsync(Task set)
    {
        await set;
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

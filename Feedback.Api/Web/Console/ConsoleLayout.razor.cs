using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console;

/// <summary>The frame of every page behind the sign-in: hall, search, bell and person on top, the role's places on the left.</summary>
public partial class ConsoleLayout(Dispatcher dispatcher, IAuthorizationService authorization)
{
    private Actor _actor = null!;

    // Null until the database has answered: what is awaited is awaited by the page, and not by the first rendering.
    private ShowConsoleHeader.Header? _header;
    private IReadOnlyList<Place> _places = [];
    private bool _seesCases;
    private bool _hasAccount;

    /// <summary>The heading and the name of the window.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _actor = Context.User.Actor();
        _places = await Place.Of(Context.User, authorization);
        _seesCases = await Place.Notices.IsOpenTo(Context.User, authorization);
        _hasAccount = await Place.Account.IsOpenTo(Context.User, authorization);
        _header = (await dispatcher.Send(new ShowConsoleHeader(_actor), Context.RequestAborted)).Value;
    }

    private string? Current(Place place) => Context.Request.Path.StartsWithSegments(place.Address) ? "page" : null;
}

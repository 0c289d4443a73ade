using System.Globalization;
using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Staff;

/// <summary>Who is away and who stands in, for the people whose duty the reader arranges: at least the reader's own.</summary>
public partial class DutyPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ListAbsences.Person> People { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> Names { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>What was typed, after a refusal.</summary>
    [Parameter]
    public Form? Typed { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var duty = routes.MapGroup(Place.Duty.Address).RequireAuthorization(Place.Duty.Policy);
        duty.MapGet("", (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Show(user, dispatcher, null, null, ct));
        duty.MapPost("/deputy", (IFormCollection posted, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            Do(posted, form => new SetDeputy(user.Actor(), form.Login, form.Deputy), user, dispatcher, ct));
        duty.MapPost("/absence", (IFormCollection posted, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            Do(posted, form => new EnterAbsence(user.Actor(), form.Login, Parse(form.FirstDay), Parse(form.LastDay), form.Deputy), user, dispatcher, ct));
        duty.MapPost("/end", (IFormCollection posted, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            Do(posted, form => new EndAbsence(user.Actor(), form.Login, Guid.TryParse(form.Id, out var id) ? id : Guid.Empty), user, dispatcher, ct));
    }

    private static async Task<IResult> Do<T>(IFormCollection posted, Func<Form, ICommand<T>> command, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct)
    {
        var form = Form.Read(posted);
        var done = await dispatcher.Send(command(form), ct);
        return done.Refusal is { } refusal ? await Show(user, dispatcher, refusal, form, ct) : new SeeOther($"{Place.Duty.Address}#{form.Login}");
    }

    private static async Task<IResult> Show(ClaimsPrincipal user, Dispatcher dispatcher, Refusal? refusal, Form? typed, CancellationToken ct)
    {
        var duty = (await dispatcher.Send(new ListAbsences(user.Actor()), ct)).Value;
        return new RazorComponentResult<DutyPage>(new { duty.People, duty.Names, Refusal = refusal, Typed = typed }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
    }

    private string NameOf(string login) => Names.GetValueOrDefault(login, login);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Parse(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Any of the page's forms as typed.</summary>
    public sealed record Form(string Login, string? Deputy, string? FirstDay, string? LastDay, string? Id)
    {
        internal static Form Read(IFormCollection form) => new(form.Text("login") ?? "", form.Text("deputy"), form.Text("firstDay"), form.Text("lastDay"), form.Text("id"));
    }
}

using System.Security.Claims;
using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Web.Citizen;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Inquiries;

/// <summary>
/// The register of first inquiry. The receipt is the answer to the form itself: the query code is in no address, and sending the
/// form again shows the same receipt by the form's key.
/// </summary>
public partial class RegisterPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowRegister.Choices Choices { get; set; }

    [Parameter, EditorRequired]
    public required RegisterForm Form { get; set; }

    [Parameter]
    public FormErrors Errors { get; set; } = FormErrors.None;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var register = routes.MapGroup(Place.Register.Address).RequireAuthorization(Access.Register);
        register.MapGet("", async (ClaimsPrincipal user, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
        {
            http.KeepFresh();
            var choices = (await dispatcher.Send(new ShowRegister(user.Actor()), ct)).Value;
            return new RazorComponentResult<RegisterPage>(new { Choices = choices, Form = new RegisterForm(Typed.NewKey(), Item: choices.LastItem) });
        });

        register.MapPost("", async Task<IResult> (IFormCollection posted, ClaimsPrincipal user, HttpContext http, Site site, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var (form, actor) = (RegisterForm.Read(posted), user.Actor());
            var registered = await dispatcher.Send(form.Command(actor), ct);
            if (registered.Refusal is { } refusal)
            {
                var choices = (await dispatcher.Send(new ShowRegister(actor), ct)).Value;
                return new RazorComponentResult<RegisterPage>(new { Choices = choices, Form = form, Errors = FormErrors.Of(refusal) }) { StatusCode = Problems.Status(refusal.Kind) };
            }

            var sheet = (await dispatcher.Send(new ShowReceipt(actor, registered.Value.CaseNumber), ct)).Value;
            return http.Private(ReceiptSheet.Page(sheet, site, registered.Value.QueryCode, StatusCodes.Status201Created));
        });
    }
}

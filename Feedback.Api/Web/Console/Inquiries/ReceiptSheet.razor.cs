using System.Security.Claims;
using Feedback.Casework.Inquiries;
using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Web.Citizen;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Inquiries;

/// <summary>The receipt of a first contact. Its QR code carries the number only: whoever sees the picture must not hold both.</summary>
public partial class ReceiptSheet : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowReceipt.Sheet Sheet { get; set; }

    [Parameter, EditorRequired]
    public required Uri Follow { get; set; }

    /// <summary>Known only while the contact is being registered; a later print has none.</summary>
    [Parameter]
    public string? QueryCode { get; set; }

    private Inquiry Inquiry => Sheet.Inquiry;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Place.Register.Address + "/{number}", async Task<IResult> (string number, ClaimsPrincipal user, HttpContext http, Site site, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new ShowReceipt(user.Actor(), number), ct)).Match<IResult>(
                sheet => http.Private(Page(sheet, site, null, StatusCodes.Status200OK)),
                unknown => RefusedInside.Page(unknown))).RequireAuthorization(Access.Cases);

    internal static RazorComponentResult<ReceiptSheet> Page(ShowReceipt.Sheet sheet, Site site, string? queryCode, int status) =>
        new(new { Sheet = sheet, Follow = new Uri(site.Address, $"/track?number={sheet.CaseNumber}"), QueryCode = queryCode }) { StatusCode = status };

    private static string Phone(Person person) => person.Phone is { } phone ? L($",电话 {phone}", $", phone {phone}") : "";
}

using Feedback.Casework.Pictures;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Complaints;

/// <summary>One of the citizen's own pictures on the page that the query code opened (<see cref="PictureTickets"/>).</summary>
internal sealed record ShowTicketsPicture(string Ticket) : IQuery<PictureFile>
{
    internal sealed class Handler(PictureTickets tickets, CasePictures pictures) : IRequestHandler<ShowTicketsPicture, Outcome<PictureFile>>
    {
        public async Task<Outcome<PictureFile>> Handle(ShowTicketsPicture request, CancellationToken cancellationToken)
        {
            var read = tickets.Read(request.Ticket);
            return read.Refusal is { } unknown ? unknown : await pictures.Read(read.Value.CaseNumber, read.Value.Picture, cancellationToken);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        // A ticket cannot be guessed, and a page that was open for long asks for several at once: this endpoint counts no guesses.
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/track/pictures/{ticket}", async (string ticket, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowTicketsPicture(ticket), ct)).Match<IResult>(file => new PictureAnswer(file.Name, file.Jpeg), unknown => Answers.Page(unknown))).AllowAnonymous();
    }
}

using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Pictures;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>One picture of a case, for a member of staff who may know of the case. A sealed case's picture is shown when the reading is written down.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="CaseNumber">Whose picture.</param>
/// <param name="Picture">Its number in the case.</param>
internal sealed record ShowCasePicture(Actor Actor, string CaseNumber, int Picture) : IQuery<ShowCasePicture.Shown>
{
    /// <param name="File">The picture.</param>
    /// <param name="Lane">Of its case.</param>
    public sealed record Shown(PictureFile File, Lane Lane);

    internal sealed class Handler(CaseStore store, CasePictures pictures) : IRequestHandler<ShowCasePicture, Outcome<Shown>>
    {
        public async Task<Outcome<Shown>> Handle(ShowCasePicture request, CancellationToken cancellationToken)
        {
            var found = await store.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            var file = await pictures.Read(found.Value.CaseNumber, request.Picture, cancellationToken);
            return file.Refusal is { } refusal ? refusal : new Shown(file.Value, found.Value.Lane);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases/{number}/pictures/{picture:int}", async (string number, int picture, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await Open(dispatcher, user.Actor(), number, picture, ct)).ToHttp(file => new PictureAnswer(file.Name, file.Jpeg))).RequireAuthorization(Access.Cases);

        private static async Task<Outcome<PictureFile>> Open(Dispatcher dispatcher, Actor reader, string number, int picture, CancellationToken ct)
        {
            var shown = await dispatcher.Send(new ShowCasePicture(reader, number, picture), ct);
            if (shown.Refusal is { } unknown) return unknown;
            if (shown.Value.Lane != Lane.Sealed) return shown.Value.File;
            var noted = await dispatcher.Send(new NoteReading(reader, number), ct);
            return noted.Refusal is { } refusal ? refusal : shown.Value.File;
        }
    }
}

using Feedback.Casework;
using Feedback.Casework.Pictures;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>One of the citizen's own pictures, opened like the case itself.</summary>
internal sealed record ShowOwnPicture(string CaseNumber, string? QueryCode, int Picture) : IQuery<PictureFile>
{
    internal sealed class Handler(CitizenAccess access, CasePictures pictures) : IRequestHandler<ShowOwnPicture, Outcome<PictureFile>>
    {
        public async Task<Outcome<PictureFile>> Handle(ShowOwnPicture request, CancellationToken cancellationToken)
        {
            var found = await access.Open(request.CaseNumber, request.QueryCode, cancellationToken);
            return found.Refusal is { } unknown ? unknown : await pictures.Read(found.Value.CaseNumber, request.Picture, cancellationToken);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/complaints/{caseNumber}/pictures/{picture:int}", async (string caseNumber, int picture, [FromHeader(Name = "X-Query-Code")] string? queryCode, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowOwnPicture(caseNumber, queryCode, picture), ct)).ToHttp(file => new PictureAnswer(file.Name, file.Jpeg))).AllowAnonymous().SlowsGuesses();
    }
}

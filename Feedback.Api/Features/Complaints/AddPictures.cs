using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Pictures;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>The citizen adds pictures to the case: all that were sent or none. They count as what was asked for, as added words do.</summary>
internal sealed record AddPictures(string CaseNumber, string? QueryCode, IReadOnlyList<CleanPicture> Pictures) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Validator : AbstractValidator<AddPictures>
    {
        public Validator()
        {
            RuleFor(p => p.Pictures).NotEmpty().Refuse("pictures_missing", "请选择图片。", "Please choose a picture.");
        }
    }

    internal sealed class Handler(CitizenAccess access, CaseContext context, CasePictures pictures, Pauses pauses, Applications applications, CaseNotices notices) : IRequestHandler<AddPictures, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(AddPictures request, CancellationToken cancellationToken)
        {
            var begun = await access.Begin(request.CaseNumber, request.QueryCode, CaseCommand.AddPictures, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next) = begun.Value;
            if ((await pictures.Add(found.CaseNumber, request.Pictures, cancellationToken)).Refusal is { } tooMany) return tooMany;

            await context.Record(found, CaseEventKind.PicturesAdded, null, new EventDetail(Count: request.Pictures.Count), cancellationToken);
            await notices.TellResponsible(found, CaseEventKind.PicturesAdded, cancellationToken);
            if (await pauses.AwaitsCitizen(found, cancellationToken)) await pauses.End(found, null, cancellationToken);
            if (found.State == CaseState.AwaitingMaterials) await applications.Resume(found, next, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        // Opened by the code in the header, which no other site has: a form's token would protect nothing.
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/pictures", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, IFormFileCollection pictures, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.AddPictures(caseNumber, queryCode, pictures.Pictures(), http.IdempotencyKey(), ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous().SlowsGuesses().DisableAntiforgery().TakesPictures();
    }
}

/// <summary>How the endpoints take pictures.</summary>
internal static class PictureTaking
{
    /// <summary>Nothing is decoded for somebody who has not the code.</summary>
    public static async Task<Outcome<Done>> AddPictures(this Dispatcher dispatcher, string number, string? code, IReadOnlyList<Stream> files, string? key, CancellationToken ct)
    {
        if ((await dispatcher.Send(new TrackComplaint(number, code), ct)).Refusal is { } unknown) return unknown;
        var made = await dispatcher.Send(new CleanPictures(files), ct);
        return made.Refusal is { } refusal ? refusal : await dispatcher.Send(new AddPictures(number, code, made.Value) { IdempotencyKey = key }, ct);
    }
}

using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Domain;
using Feedback.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Feedback.Features.Ratings;

/// <summary>
/// <c>POST /api/v1/ratings/batch</c>: up to 10,000 ratings as JSON Lines, each a <see cref="RatingLine"/>, from a program that is
/// signed in with an API token. The answer has one line for each that is not blank, in their order: <c>{line, status: 201, id,
/// receipt}</c>, or <c>{line, status, code, title, errors?}</c> for one that is refused and touches no other. With an
/// <c>Idempotency-Key</c> the same body can be sent again, whatever became of the first answer.
/// </summary>
internal sealed class RatingBatch : IEndpoint
{
    private const string JsonLines = "application/x-ndjson";
    private const int MaxLines = 10_000;
    private const int MaxBytes = 16 * 1024 * 1024;
    private const byte LineFeed = (byte)'\n';

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/ratings/batch", Take).Accepts<RatingLine>(JsonLines).WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).RequireAuthorization(Access.Windows);

    private static async Task<IResult> Take(HttpRequest http, ClaimsPrincipal user, RatingFeed feed, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken ct)
    {
        // All of it before the first is stored: a client that reads only when it has sent everything is not waited for.
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, ct);
        var lines = Lines(body.GetBuffer().AsMemory(0, (int)body.Length));
        if (lines.Count > MaxLines) return Problems.Refused(RatingsRefusals.TooManyLines);

        var (actor, key, options) = (user.Actor(), http.IdempotencyKey(), json.Value.SerializerOptions);
        var read = lines.Select(line => Read(line.Text.Span, options) is { } rating
            ? rating.Command(actor, key is null ? null : string.Create(CultureInfo.InvariantCulture, $"{actor.Login}/{key}/{line.Number}"))
            : (Outcome<RateService>)RatingsRefusals.BodyMalformed);

        // The answer is small and is sent when all is known: what fails half-way is told by its status.
        using var answer = new MemoryStream();
        var n = 0;
        await foreach (var outcome in feed.Send(read, ct))
        {
            await JsonSerializer.SerializeAsync(answer, Line.Of(lines[n++].Number, outcome), options, ct);
            answer.WriteByte(LineFeed);
        }

        return TypedResults.Bytes(answer.ToArray(), JsonLines);
    }

    private static List<(int Number, ReadOnlyMemory<byte> Text)> Lines(ReadOnlyMemory<byte> body)
    {
        var lines = new List<(int, ReadOnlyMemory<byte>)>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf(LineFeed);
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.ContainsAnyExcept(" \t\r"u8)) lines.Add((number, line));
        }

        return lines;
    }

    private static RatingLine? Read(ReadOnlySpan<byte> line, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<RatingLine>(line, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One line of the answer.</summary>
    private sealed record Line(
        [property: JsonPropertyName("line")] int Number,
        int Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Id,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Receipt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors)
    {
        public static Line Of(int number, Outcome<RateService.Receipt> outcome) => outcome.Match(
            stored => new Line(number, StatusCodes.Status201Created, stored.Id, stored.Code, null, null, null),
            refusal => new Line(number, Problems.Status(refusal.Kind), null, null, refusal.Code, refusal.Message.ToString(), ErrorsOf(refusal)));

        private static Dictionary<string, string[]>? ErrorsOf(Refusal refusal) =>
            refusal.Errors.Count == 0 ? null : refusal.Errors.GroupBy(e => e.Field, e => e.Message.ToString()).ToDictionary(f => f.Key, f => f.ToArray());
    }
}

using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Http;

/// <summary>Refusals and failures as <c>application/problem+json</c> (RFC 9457) with a stable <c>code</c>.</summary>
internal static class Problems
{
    public static IResult ToHttp<T>(this Outcome<T> outcome, Func<T, IResult> accepted) => outcome.Match(accepted, Refused);

    public static IResult ToHttp<T>(this Outcome<T> outcome) => outcome.ToHttp(value => TypedResults.Ok(value));

    /// <summary>
    /// <c>traceId</c> is the one that the log has of this request. Fields at fault stand in <c>errors</c> (sentences) and in <c>codes</c> (stable codes), by their
    /// JSON name.
    /// </summary>
    public static ProblemHttpResult Refused(Refusal refusal)
    {
        var problem = new ProblemDetails { Status = Status(refusal.Kind), Title = refusal.Message.ToString(), Extensions = { ["code"] = refusal.Code, ["traceId"] = Trace.Id } };
        if (refusal.Errors.Count > 0)
        {
            var fields = refusal.Errors.ToLookup(e => e.Field);
            problem.Extensions["errors"] = fields.ToDictionary(f => f.Key, f => f.Select(e => e.Message.ToString()).ToArray());
            problem.Extensions["codes"] = fields.ToDictionary(f => f.Key, f => f.Select(e => e.Code).ToArray());
        }

        return TypedResults.Problem(problem);
    }

    public static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
        RefusalKind.TooOften => StatusCodes.Status429TooManyRequests,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RefusalKind.Timeout => StatusCodes.Status408RequestTimeout,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        RefusalKind.Failure => StatusCodes.Status500InternalServerError,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What a request was that could not even be read, with the field where the JSON names one.</summary>
    public static Refusal Unreadable(BadHttpRequestException e)
    {
        if (e.InnerException is AntiforgeryValidationException) return HttpRefusals.FormExpired;
        if (KindOf(e.StatusCode) is RefusalKind.TooLarge) return HttpRefusals.BodyTooLarge;
        var field = e.InnerException is JsonException { Path: { } path } ? path.TrimStart('$').TrimStart('.') : "";
        return HttpRefusals.NotJson(field) with { Kind = KindOf(e.StatusCode) };
    }

    private static RefusalKind KindOf(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => RefusalKind.Timeout,
        StatusCodes.Status413PayloadTooLarge => RefusalKind.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => RefusalKind.UnsupportedMedia,
        _ => RefusalKind.Invalid,
    };
}

/// <summary>Turns what was thrown into an answer that leaks nothing: outages say when to come back, defects are logged.</summary>
internal sealed class Failures(Dialect dialect, ILogger<Failures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException unreadable:
                await Answers.Write(httpContext, Problems.Unreadable(unreadable));
                return true;
            case System.Data.Common.DbException outage when dialect.IsOutage(outage):
                log.LogWarning(outage, "The database did not answer; trace {Trace}.", Trace.Id);
                httpContext.Response.Headers.RetryAfter = "2";
                await Answers.Write(httpContext, HttpRefusals.TryAgainLater);
                return true;
            case BusyException:
                httpContext.Response.Headers.RetryAfter = "2";
                await Answers.Write(httpContext, HttpRefusals.TryAgainLater);
                return true;
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;
            default:
                log.LogError(exception, "A request failed. Trace {Trace}.", Trace.Id);
                await Answers.Write(httpContext, HttpRefusals.InternalError);
                return true;
        }
    }
}

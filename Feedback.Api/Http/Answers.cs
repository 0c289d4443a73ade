using Feedback.Domain;
using Feedback.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Http;

/// <summary>A refusal in the form its reader understands: problem details under /api, a friendly page elsewhere.</summary>
internal static class Answers
{
    public static Task Write(HttpContext context, Refusal refusal, int? status = null) =>
        IsApi(context.Request) ? Problems.Refused(refusal, status).ExecuteAsync(context) : Page(refusal, status).ExecuteAsync(context);

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");

    public static RazorComponentResult Page(Refusal refusal, int? status = null) =>
        new RazorComponentResult<RefusedPage>(new { Refusal = refusal }) { StatusCode = status ?? Problems.Status(refusal.Kind) };
}

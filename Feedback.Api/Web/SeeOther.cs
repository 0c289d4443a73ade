using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web;

/// <summary>After a form was taken: 303, so that reloading the page it leads to sends nothing again.</summary>
internal sealed record SeeOther(string Address) : IResult
{
    /// <summary>Back to where the reader came from, never to another site; to <paramref name="otherwise"/> when that is unknown.</summary>
    public static SeeOther Back(string? address, string otherwise) =>
        new(address is { Length: > 0 } && RedirectHttpResult.IsLocalUrl(address) ? address : otherwise);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Address;
        return Task.CompletedTask;
    }
}

namespace Feedback.Http;

/// <summary>
/// What routing refuses by itself: an address that does not exist, a method or a content type that an address does not take.
/// It is refused before the authorization, which would ask a citizen to sign in.
/// </summary>
internal static class Unrouted
{
    public static void UseUnrouted(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case { RequestDelegate: { } refuse }:
                return refuse(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    });
}

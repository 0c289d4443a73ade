using Feedback.Domain.Cases;
using Feedback.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Harness;

/// <summary>The doors of the running application, whoever mapped them.</summary>
internal static class Doors
{
    public static IReadOnlyList<RouteEndpoint> Of(TestApp app) => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()];

    public static IReadOnlyList<string> Methods(this RouteEndpoint door) => door.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    /// <summary><c>GET /api/v1/cases/{number}</c>: the method and the pattern, as every table of doors names them. A group's own door ends in a slash, which no address does.</summary>
    public static string Name(this RouteEndpoint door) => $"{string.Join('|', door.Methods())} /{door.RoutePattern.RawText!.Trim('/')}";
}

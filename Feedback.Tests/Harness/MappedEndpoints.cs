using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Harness;

/// <summary>The endpoints of the running application, whoever mapped them.</summary>
internal static class MappedEndpoints
{
    public static IReadOnlyList<RouteEndpoint> Of(TestApp app) => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()];

    public static IReadOnlyList<string> Methods(this RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    /// <summary><c>GET /api/v1/cases/{number}</c>: the method and the pattern, as every table of endpoints names them. A group's own endpoint ends in a slash, which no address does.</summary>
    public static string Name(this RouteEndpoint endpoint) => $"{string.Join('|', endpoint.Methods())} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}

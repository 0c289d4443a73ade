using System.Reflection;
using System.Text.RegularExpressions;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Feedback.Tests.Web;

/// <summary>The endpoints that a browser calls, by what the application itself says of them.</summary>
internal sealed class PageEndpoints
{
    /// <summary>For programs; and a picture, which is shown on a page and is none.</summary>
    private static readonly string[] Programs = ["/api/", "/health/", "/openapi/", "/track/pictures/{"];

    private readonly List<(RouteEndpoint Endpoint, Regex Path)> _endpoints;

    public PageEndpoints(TestApp app) => _endpoints =
    [
        .. MappedEndpoints.Of(app).Where(d => !Programs.Any(p => Path(d).StartsWith(p, StringComparison.Ordinal)))
            .OrderBy(d => d.RoutePattern.Parameters.Count)
            .Select(d => (d, new Regex("^" + Regex.Replace(Path(d), @"\{[^}]+\}", "[^/]+") + "$"))),
    ];

    /// <summary>Pages, and what leads to pages.</summary>
    public IEnumerable<string> Gets => _endpoints.Where(d => d.Endpoint.Methods().Contains("GET")).Select(d => d.Endpoint.Name());

    /// <summary>Where forms are sent to.</summary>
    public IEnumerable<string> Posts => _endpoints.Where(d => d.Endpoint.Methods().Contains("POST")).Select(d => d.Endpoint.Name());

    /// <summary><c>GET /console/cases/{number}</c> for the address of a case; null where there is no endpoint.</summary>
    public string? NameOf(string method, string path) => Find(method, path)?.Name();

    /// <summary>The parts of the path and of the query that a page reads.</summary>
    public (IReadOnlyList<string> Path, IReadOnlyList<string> Query) Parameters(string path)
    {
        var endpoint = Find("GET", path)!;
        var parts = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToList();
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>()!;
        var query = handler.GetParameters().Where(p => IsRead(p.ParameterType)).Select(p => p.Name!).Except(parts);

        // A form is sent to its page's own address, with what stands there.
        var sent = Find("POST", path)?.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Select(p => p.GetCustomAttribute<FromQueryAttribute>()?.Name).OfType<string>();
        return (parts, [.. query.Union(sent ?? [])]);
    }

    /// <summary>The path with a value in the place of one of its parts.</summary>
    public string With(string path, string part, string value)
    {
        var segments = path.Split('/');
        var at = Find("GET", path)!.RoutePattern.PathSegments.ToList().FindIndex(s => s.Parts.Any(p => p.IsParameter && ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart)p).Name == part));
        segments[at + 1] = Uri.EscapeDataString(value);
        return string.Join('/', segments);
    }

    private RouteEndpoint? Find(string method, string path) => _endpoints.FirstOrDefault(d => d.Endpoint.Methods().Contains(method) && d.Path.IsMatch(path)).Endpoint;

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    private static bool IsRead(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? IsRead(inner) : type == typeof(string) || type.IsEnum || type.IsPrimitive || type == typeof(Guid);
}

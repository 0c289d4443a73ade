using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Feedback.Http;

/// <summary>
/// Behind a reverse proxy callers are told apart by what the proxy says of them; only the proxies in configuration
/// <c>ForwardedHeaders:Proxies</c> (addresses, or networks as <c>10.0.0.0/8</c>) are believed. None by default.
/// </summary>
internal static class Proxies
{
    /// <summary>Ahead of everything that looks at the caller's address or scheme.</summary>
    /// <exception cref="Security.SetupException">An entry is neither an address nor a network.</exception>
    public static void UseProxies(this IApplicationBuilder app, IConfiguration configuration)
    {
        var proxies = configuration.GetSection("ForwardedHeaders:Proxies").Get<string[]>() ?? [];
        if (proxies.Length == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else throw new Security.SetupException($"ForwardedHeaders:Proxies names \"{proxy}\", which is neither an address nor a network.");
        }

        app.UseForwardedHeaders(options);
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace Feedback.Tests.Web;

/// <summary>A page as it came and as it reads.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Html">As sent.</param>
/// <param name="Response">Headers.</param>
internal sealed partial record Page(int Status, string Html, HttpResponseMessage Response)
{
    /// <summary>The page with its character references resolved: what a browser shows, and its attributes.</summary>
    public string Text => WebUtility.HtmlDecode(Html);

    /// <summary>The key that the form was rendered with.</summary>
    public string Key => FormKey().Match(Html).Groups[1].Value;

    /// <summary>The proof that the form was opened at the window; empty without.</summary>
    public string Proof => FormProof().Match(Html).Groups[1].Value;

    public string? Location => Response.Headers.Location?.ToString();

    /// <summary>What a browser would send back, as one header.</summary>
    public string Cookies => Response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "";

    /// <summary>The value of the cell after a term: <c>受理编号</c> and its number.</summary>
    public string Fact(string term) => Regex.Match(Text, $"<dt>{term}</dt><dd[^>]*>(.*?)</dd>", RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex("name=\"key\" value=\"([^\"]+)\"")]
    private static partial Regex FormKey();

    [GeneratedRegex("type=\"hidden\" name=\"presence\" value=\"([^\"]+)\"")]
    private static partial Regex FormProof();
}

internal static class Pages
{
    public static async Task<Page> GetPage(this HttpClient client, string path, string cookies = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookies.Length > 0) request.Headers.Add("Cookie", cookies);
        return await Read(await client.SendAsync(request));
    }

    public static async Task<Page> PostForm(this HttpClient client, string path, params (string Name, string Value)[] fields) =>
        await Read(await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))));

    public static async Task<Page> PostMultipart(this HttpClient client, string path, MultipartFormDataContent form) => await Read(await client.PostAsync(path, form));

    private static async Task<Page> Read(HttpResponseMessage response) => new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
}

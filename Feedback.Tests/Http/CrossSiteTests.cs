using System.Net.Http.Headers;
using System.Text;
using Feedback.Demo;
using Feedback.Tests.Harness;
using Feedback.Tests.Web;

namespace Feedback.Tests.Http;

/// <summary>What a page of another site can make a browser send, with the cookies that the browser adds.</summary>
internal sealed class CrossSiteTests(Engine engine) : SliceTest(engine)
{
    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    [TestCase("Origin", "https://evil.example")]
    [TestCase("Origin", "null")]
    public async Task A_citizen_s_form_from_another_site_is_not_taken(string header, string value)
    {
        var window = "/w/" + await App.Token("A01");
        using var foreign = new HttpClient { BaseAddress = App.Address };
        foreign.DefaultRequestHeaders.Add(header, value);
        foreach (var (path, fields) in Forms(window))
        {
            var refused = await foreign.PostForm(path, fields);
            Assert.That(refused.Status, Is.EqualTo(400), path);
            Assert.That(refused.Text, Does.Contain("这次提交来自别的网站,没有收下。"));
        }

        Assert.That(await App.Sql<int>("select (select count(*) from rating) + (select count(*) from case_file)"), Is.Zero);
    }

    [TestCase("Sec-Fetch-Site", "same-origin")]
    [TestCase("Sec-Fetch-Site", "none")]
    [TestCase("Origin", null)]
    public async Task A_citizen_s_form_from_our_own_page_is_taken(string header, string? value)
    {
        using var own = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = App.Address };
        own.DefaultRequestHeaders.Add(header, value ?? App.Address.GetLeftPart(UriPartial.Authority));
        Assert.That((await own.PostForm("/w/" + await App.Token("A01"), ("key", "k"), ("grade", "5"))).Status, Is.EqualTo(303));
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=x")]
    public async Task A_staff_cookie_takes_no_form_to_the_interface(string type)
    {
        var cookie = await StaffCookie();
        var number = await App.FileComplaint("A01");

        Assert.That((await Post($"/api/v1/cases/{number}/answer", cookie, type, "{\"text\":\"x\"}")).Status, Is.EqualTo(415));
        Assert.That((await Post($"/api/v1/cases/{number}/acceptance", cookie, "application/json", "{}")).Status, Is.EqualTo(200), "the cookie is good");
    }

    [Test]
    public async Task A_call_without_a_body_is_refused_when_another_site_makes_it()
    {
        var cookie = await StaffCookie();
        Assert.That((await Post("/api/v1/notices/read", cookie, "text/plain", "", ("Origin", "https://evil.example"))).Code, Is.EqualTo("cross_site"));
        Assert.That((await Post("/api/v1/notices/read", cookie, "text/plain", "")).Status, Is.LessThan(300));
    }

    [Test]
    public async Task The_staff_cookie_stays_out_of_reach_of_scripts_and_other_sites()
    {
        var set = (await SignIn()).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("feedback-staff=", StringComparison.Ordinal));
        Assert.That(set, Does.Contain("httponly").And.Contain("samesite=lax"));
    }

    private static IEnumerable<(string Path, (string, string)[] Fields)> Forms(string window) =>
    [
        (window, [("key", "k"), ("grade", "5")]),
        (window + "/complaint", [("key", "k"), ("about", "Delay"), ("text", "x"), ("receiver", "Hall")]),
        ("/track", [("number", "1"), ("code", "1")]),
        ("/track/acknowledgement", [("number", "1"), ("code", "1"), ("document", "1")]),
        ("/r", [("receipt", "1")]),
    ];

    private async Task<Answer> Post(string path, string cookie, string type, string body, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.Add(name, value);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return new Answer((int)answer.StatusCode, text.StartsWith('{') ? System.Text.Json.Nodes.JsonNode.Parse(text) : null, answer);
    }

    private async Task<string> StaffCookie() => string.Join("; ", (await SignIn()).Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

    private async Task<HttpResponseMessage> SignIn()
    {
        var page = await App.Client.GetPage("/console/sign-in");
        var token = System.Text.RegularExpressions.Regex.Match(page.Html, "__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/console/sign-in");
        request.Headers.Add("Cookie", page.Cookies);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = "head-si", ["password"] = DemoHall.Password, ["__RequestVerificationToken"] = token });
        return await App.Client.SendAsync(request);
    }
}

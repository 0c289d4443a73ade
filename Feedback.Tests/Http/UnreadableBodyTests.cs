using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Http;

/// <summary>Bodies that no client of ours would send: each is refused with a code, and with the field where one is at fault.</summary>
internal sealed class UnreadableBodyTests
{
    private TestApp _app = null!;
    private string _window = null!;

    [OneTimeSetUp]
    public async Task StartApp()
    {
        _app = await TestApp.Start();
        _window = await _app.Token("A01");
    }

    [OneTimeTearDown]
    public async Task StopApp() => await _app.DisposeAsync();

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("grade=5")]
    [TestCase("{\"grade\":5}}")]
    public async Task What_is_not_one_JSON_object_is_refused(string body) =>
        await Refused(await _app.Client.PostRaw("/api/v1/ratings", body), 400, "body_malformed");

    [TestCase("grade", """{"window":"W","grade":"5"}""")]
    [TestCase("grade", """{"window":"W","grade":4.5}""")]
    [TestCase("grade", """{"window":"W","grade":99999999999}""")]
    [TestCase("grade", """{"window":"W","grade":null}""")]
    [TestCase("window", """{"window":5,"grade":5}""")]
    [TestCase("tags", """{"window":"W","grade":5,"tags":"517"}""")]
    [TestCase("tags[1]", """{"window":"W","grade":5,"tags":["517",517]}""")]
    [TestCase("contact.phone", """{"window":"W","grade":5,"contact":{"phone":[]}}""")]
    public async Task A_field_of_the_wrong_type_is_named(string field, string body) => await RefusedField(field, body);

    [TestCase("stars", """{"window":"W","grade":5,"stars":5}""")]
    [TestCase("contact.address", """{"window":"W","grade":5,"contact":{"address":"x"}}""")]
    [TestCase("grade", """{"window":"W","grade":5,"grade":1}""")]
    public async Task A_field_that_is_unknown_or_given_twice_is_named(string field, string body) => await RefusedField(field, body);

    [Test]
    public async Task Half_of_a_surrogate_pair_is_refused_by_field_and_a_whole_one_is_text()
    {
        await RefusedField("comment", """{"window":"W","grade":5,"comment":"\ud83d"}""");
        await RefusedField("comment", """{"window":"W","grade":5,"comment":"\ude00\ud83d"}""");
        Assert.That((await Post("""{"window":"W","grade":5,"comment":"\ud83d\ude00"}""")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes($$"""{"window":"{{_window}}","grade":5,"comment":"Ã("}""");
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _app.Client.PostAsync("/api/v1/ratings", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase(70)]
    [TestCase(10_000)]
    public async Task Deep_nesting_is_refused(int depth)
    {
        var nested = string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
        await Refused(await Post($$"""{"window":"W","grade":5,"tags":{{nested}}}"""), 400, "body_malformed");
        await Refused(await Post($$"""{"window":"W","grade":5,"stars":{{nested}}}"""), 400, "body_malformed");
    }

    [Test]
    public async Task Another_type_of_content_is_refused() =>
        await Refused(await _app.Client.PostRaw("/api/v1/ratings", "{}", "text/plain"), 415, "content_type_unsupported");

    [TestCase("utf-16")]
    [TestCase("utf-7")]
    [TestCase("utf8")]
    [TestCase("\"\"")]
    [TestCase("nothing")]
    public async Task A_body_in_another_character_set_is_refused(string charset)
    {
        await Refused(await Typed("/api/v1/ratings", "{}", $"application/json; charset={charset}"), 415, "content_type_unsupported");
        Assert.That((await Typed("/r", "receipt=x", $"application/x-www-form-urlencoded; charset={charset}")).Status, Is.EqualTo(415));
    }

    [TestCase("utf-8")]
    [TestCase("UTF-8")]
    [TestCase("\"utf-8\"")]
    public async Task UTF_8_may_be_named_in_any_spelling(string charset) =>
        Assert.That((await Typed("/api/v1/ratings", $$"""{"window":"{{_window}}","grade":5}""", $"application/json; charset={charset}")).Status, Is.EqualTo(201));

    [Test]
    public async Task A_form_that_breaks_off_is_answered_with_a_page()
    {
        var answer = await Typed("/w/" + _window, "grade=5", "multipart/form-data; boundary=x");
        Assert.That((answer.Status, answer.Response.Content.Headers.ContentType?.MediaType), Is.EqualTo((400, "text/html")));
        Assert.That(await answer.Response.Content.ReadAsStringAsync(), Does.Contain("提交的内容没有读懂"));
    }

    [TestCase("DELETE", "/api/v1/ratings", 405, "method_not_allowed")]
    [TestCase("GET", "/api/v1/nothing", 404, "not_found")]
    [TestCase("GET", "/api/v1/cases", 401, "sign_in_required")]
    public async Task A_wrong_address_a_wrong_method_and_a_closed_endpoint_are_told_apart(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _app.Client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"\"code\":\"{code}\""));
    }

    [TestCase(64 * 1024 + 1)]
    [TestCase(1024 * 1024)]
    [TestCase(20 * 1024 * 1024)]
    public async Task A_body_over_64_KiB_is_refused_before_it_is_read(int length)
    {
        var answer = await Post(Sized(length));
        await Refused(answer, 413, "body_too_large");
    }

    [Test]
    public async Task A_body_over_64_KiB_of_unknown_length_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ratings") { Content = new StringContent(Sized(100_000).Replace("\"W\"", $"\"{_window}\"", StringComparison.Ordinal), Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        using var response = await _app.Client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(413));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"body_too_large\""));
    }

    [Test]
    public async Task A_body_of_64_KiB_is_read_and_its_field_refused()
    {
        var answer = await Post(Sized(64 * 1024));
        Assert.That((answer.Status, answer.Code, answer["errors"]?["comment"] is not null), Is.EqualTo((400, "text_too_long", true)));
    }

    [Test]
    public async Task A_client_that_sends_all_before_it_reads_gets_the_answer_too()
    {
        // As a plain socket does it: the whole body first, then the answer. An answer on a connection cut too early would be lost.
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _app.Address.Port);
        var body = Encoding.UTF8.GetBytes(Sized(300_000));
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/ratings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(body);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.That(answer, Does.StartWith("HTTP/1.1 413").And.Contain("application/problem+json").And.Contain("\"body_too_large\""));
    }

    private Task<Answer> Post(string body) => _app.Client.PostRaw("/api/v1/ratings", body.Replace("\"W\"", $"\"{_window}\"", StringComparison.Ordinal));

    private async Task<Answer> Typed(string path, string body, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var response = await _app.Client.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, response);
    }

    private static async Task Refused(Answer answer, int status, string code)
    {
        Assert.That((answer.Status, answer.Code), Is.EqualTo((status, code)), await answer.Response.Content.ReadAsStringAsync());
        Assert.That(answer.Response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    private async Task RefusedField(string field, string body)
    {
        var answer = await Post(body);
        await Refused(answer, 400, "body_malformed");
        Assert.That((string?)answer["codes"]?[field]?[0], Is.EqualTo("field_malformed"), answer.Json?.ToJsonString());
    }

    /// <summary>A well-formed rating of exactly so many bytes once the window's token stands in it.</summary>
    private string Sized(int length)
    {
        const string frame = """{"window":"W","grade":5,"comment":"C"}""";
        return frame.Replace("C\"}", new string('x', length - frame.Length - _window.Length + 2) + "\"}", StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Security;

/// <summary>
/// Who may do what: each endpoint is called by each caller in each situation, and matrix.txt says what comes back. On SQLite alone:
/// who is let in is decided before any SQL that the engines spell differently, and the slices' own tests run on both.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed partial class AuthorisationMatrixTests
{
    /// <summary>Marks a 404 that is not the one of an unknown number: this caller may know of the resource.</summary>
    private const string OfAnotherReason = "*";

    private static readonly IReadOnlyList<MatrixRow> Rows = MatrixRow.ReadAll();

    private readonly Dictionary<Caller, (HttpClient Client, string Cookie, string Token)> _callers = [];
    private TestApp _app = null!;
    private MatrixHall _hall = null!;

    private static IEnumerable<TestCaseData> EndpointRows => Rows.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Endpoint));

    [OneTimeSetUp]
    public async Task Open()
    {
        _app = await TestApp.Start();
        _hall = await MatrixHall.Build(_app);
        foreach (var caller in Enum.GetValues<Caller>())
        {
            var client = MatrixHall.LoginOf(caller) is { } login ? await _hall.Staff(login) : _app.Client;

            // As a browser: the forms' token, and the cookie that it fits.
            using var page = await client.GetAsync(caller == Caller.Citizen ? "/console/sign-in" : "/console/windows");
            var cookie = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
            _callers[caller] = (client, cookie, FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
        }
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        _hall?.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var endpoints = MappedEndpoints.Of(_app).Select(d => d.Name()).ToList();
        Assert.Multiple(() =>
        {
            None(endpoints.Except(Rows.Select(r => r.Endpoint)), "Endpoints without a row in matrix.txt");
            None(Rows.Select(r => r.Endpoint).Except(endpoints), "Rows of matrix.txt without an endpoint");
            None(SampleRequest.WithoutEndpoint(endpoints), "Sample requests to endpoints that are not there");
            Assert.That(Rows.Select(r => r.Endpoint), Is.Unique);
        });
    }

    [TestCaseSource(nameof(EndpointRows))]
    public async Task The_table_holds(MatrixRow row)
    {
        var sample = SampleRequest.For(row.Endpoint);
        var (seen, wrong) = (new List<IReadOnlyList<string>>(), new StringBuilder());
        foreach (var caller in Enum.GetValues<Caller>())
        {
            var cell = new List<string>();
            foreach (var situation in sample.Situations)
            {
                var target = await _hall.Target(sample, row.Endpoint, caller, situation);
                var answer = await Send(sample, row.Endpoint, caller, target);
                var status = answer.Status;
                if (status == "404" && sample.Resource != Resource.None)
                {
                    var nothing = await _hall.Target(sample, row.Endpoint, caller, Situation.Unknown);
                    if (answer != await Send(sample, row.Endpoint, caller, nothing)) status += OfAnotherReason;
                }

                var expected = row.Expected(caller, cell.Count);
                if (status != expected) wrong.AppendLine(CultureInfo.InvariantCulture, $"{row.Endpoint} as {caller}, {situation}: expected {expected}, got {status} {Code().Match(answer.Body)}");
                cell.Add(status);
            }

            seen.Add(cell);
        }

        Assert.That(wrong.Length, Is.Zero, $"{wrong}as seen:\n{MatrixRow.Write(row.Endpoint, seen)}\n");
    }

    private static void None(IEnumerable<string> endpoints, string what) => Assert.That(endpoints, Is.Empty, $"{what}:\n{string.Join('\n', endpoints)}\n");

    /// <summary>What came back, without what differs between two requests for the same resource: the date, the number that was asked for, a form's token and key.</summary>
    private async Task<Seen> Send(SampleRequest sample, string endpoint, Caller caller, Target target)
    {
        var (client, cookie, token) = _callers[caller];
        using var request = sample.ToHttp(endpoint, target);
        request.Headers.Add("Cookie", cookie);
        if (request.Content is FormUrlEncodedContent form)
        {
            var typed = await form.ReadAsStringAsync();
            request.Content = new StringContent($"{typed}{(typed.Length > 0 ? "&" : "")}__RequestVerificationToken={Uri.EscapeDataString(token)}", null, "application/x-www-form-urlencoded");
        }

        using var response = await client.SendAsync(request);
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!endpoint.StartsWith("GET", StringComparison.Ordinal) && (int)response.StatusCode < 400) _hall.Changed(target);

        var body = FormKey().Replace(FormToken().Replace((await response.Content.ReadAsStringAsync()).WithoutTrace(), ""), "");

        // Whole words: a token, which is random, may hold the letters of a hall's code.
        foreach (var name in new[] { target.Number, target.Notice, target.Window, target.Hall, target.Login }) body = Regex.Replace(body, $@"\b{Regex.Escape(name)}\b", "…");
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "Content-Length")).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        return new Seen(status, string.Join('\n', headers), body);
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("name=\"key\" value=\"([^\"]+)\"")]
    private static partial Regex FormKey();

    [GeneratedRegex("\"code\":\"[a-z_]+\"")]
    private static partial Regex Code();

    private sealed record Seen(string Status, string Headers, string Body);
}

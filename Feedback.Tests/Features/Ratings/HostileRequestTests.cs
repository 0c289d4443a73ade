using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Features.Statistics;
using Feedback.Security;
using Feedback.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Features.Ratings;

/// <summary>Malformed and hostile requests to every public endpoint of ratings: each gets an answer that says why, and only what was accepted is stored.</summary>
internal sealed partial class HostileRequestTests(Engine engine) : SliceTest(engine)
{
    private const int AtOnce = 16;
    private const int Chunk = 1000;

    /// <summary>What nothing that is sent here can write.</summary>
    private static readonly string[] Kept =
        ["reference_document", "hall", "department", "service_item", "service_window", "window_token", "staff", "staff_phone", "staff_address", "webhook", "hall_day", "calendar_revision", "policy_proposal", "schema_journal"];

    /// <summary>Of our innards; none of these stands in what is sent.</summary>
    private static readonly string[] Leaks = ["   at ", "Exception", "System.", "Microsoft.", "Feedback.", ".cs:", "SQLite", "SqlClient", "constraint", "insert into", "/tmp/", "/home/"];

    /// <summary>Markup that some of the texts would be if a page did not escape them.</summary>
    private static readonly string[] Markup = ["<script>", "<img src=x", "<svg/onload", "<iframe", "<b>fett"];

    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentDictionary<string, Accepted> _ratings = new();
    private readonly ConcurrentDictionary<string, Accepted> _supplements = new();
    private readonly ConcurrentDictionary<string, Accepted> _complaints = new();
    private readonly ConcurrentQueue<string> _faults = new();

    [Test]
    public Task Ten_thousand_hostile_requests_are_answered_and_leave_only_what_was_accepted() => SendHostileRequests(10_000, 20261122);

    [Test]
    [Explicit]
    [Category("Benchmark")]
    public Task A_hundred_thousand_hostile_requests_are_answered_and_leave_only_what_was_accepted() => SendHostileRequests(100_000, 4_000_000);

    private async Task SendHostileRequests(int count, ulong seed)
    {
        var (tables, receipts) = (await Fingerprint(), await GiveRatings(count / 25));
        var requests = new HostileRequests([await App.Token("A01"), await App.Token("A02"), await App.Token("B01")], receipts);
        using var staff = await App.SignedIn("supervisor");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = AtOnce, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        for (var first = 0; first < count; first += Chunk)
        {
            var chunkSeed = seed + (ulong)(first / Chunk);
            await Parallel.ForEachAsync(requests.Make(Chunk, chunkSeed).Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (request, _) =>
            {
                try
                {
                    await Send(client, request.Item, staff.DefaultRequestHeaders.Authorization!.ToString());
                }
                catch (Exception e) when (e is InvalidDataException or HttpRequestException or JsonException or InvalidOperationException)
                {
                    _faults.Enqueue($"seed {chunkSeed}, request {request.Index}: {e.Message[..Math.Min(400, e.Message.Length)]}\n{request.Item}");
                }
            });
        }
        await TestContext.Out.WriteLineAsync(string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}: {s.Value:N0}"))));
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"accepted: {_ratings.Count - receipts.Count:N0} ratings, {_supplements.Count:N0} supplements, {_complaints.Count:N0} complaints"));
        Assert.That(_faults, Is.Empty, string.Create(CultureInfo.InvariantCulture, $"{_faults.Count} faults"));
        Assert.That(_ratings.Count - receipts.Count, Is.GreaterThan(count / 20), "the valid ones among them are accepted");
        await Stored();
        Assert.That(await Fingerprint(), Is.EqualTo(tables));
    }

    /// <summary>All that was accepted is there as it was sent, nothing else is, and the counts agree.</summary>
    private async Task Stored()
    {
        var vault = App.Services.GetRequiredService<Vault>();
        Same("ratings", _ratings, (await App.Query("select receipt, comment from rating")).Select(r => ((string)r["receipt"]!, (string?)r["comment"])));
        Same("supplements", _supplements, (await App.Query("select r.receipt, s.comment from rating_supplement s join rating r on r.id = s.rating_id")).Select(r => ((string)r["receipt"]!, (string?)r["comment"])));
        Same("complaints", _complaints, (await App.Query("select case_number, said from case_file where about <> 'BadRating'")).Select(r => ((string)r["case_number"]!, (string?)vault.Open(Purpose.Complaint, (byte[])r["said"]!))));
        Assert.That(await App.Sql<int>("select count(*) from bad_rating"), Is.EqualTo(await App.Sql<int>("select count(*) from rating where grade <= 2")));
        Assert.That(
            await App.Sql<int>("select count(*) from contact"),
            Is.EqualTo(await App.Sql<int>("select count(*) from rating where contact_id is not null") + await App.Sql<int>("select count(*) from case_file where contact_id is not null and about <> 'BadRating'")));
        Assert.That((await App.Send(new Recount("2026-11"))).Value.Differences, Is.Empty);
    }

    private static void Same(string what, IReadOnlyDictionary<string, Accepted> accepted, IEnumerable<(string Key, string? Text)> rows)
    {
        var stored = rows.ToDictionary(r => r.Key, r => r.Text);
        Assert.That(stored.Keys.Except(accepted.Keys), Is.Empty, $"{what} that nobody was told of");
        Assert.That(accepted.Keys.Except(stored.Keys), Is.Empty, $"{what} that were promised");
        Assert.That(accepted.Where(a => a.Value.Text is { } text && !string.Equals(stored[a.Key], string.IsNullOrWhiteSpace(text) ? null : text, StringComparison.Ordinal)).Select(a => $"{a.Value.Request} became {stored[a.Key]}"), Is.Empty, $"{what} that changed");
        Assert.That(accepted.Values.Count(a => a.Text is not null), Is.Positive, $"no text of {what} was compared");
    }

    private async Task Send(HttpClient client, HostileRequest hostile, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(App.Address.GetLeftPart(UriPartial.Authority) + hostile.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = new ByteArrayContent(hostile.Body);
        if (hostile.ContentType is { } type) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in hostile.Headers)
        {
            if (name == "Content-Encoding") request.Content.Headers.TryAddWithoutValidation(name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        if (hostile.Endpoint == Endpoint.Batch && !hostile.Headers.Any(h => h.Name == "Authorization")) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await client.SendAsync(request);
        var (status, body) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        _statuses.AddOrUpdate(status, 1, (_, n) => n + 1);

        Require(status < 500, $"{status} {body}");
        if (hostile.BreaksHttp && body.Length == 0 && status is 400 or 431) return;
        Require(!Leaks.Any(leak => body.Contains(leak, StringComparison.Ordinal)), $"{status} leaks {body}");
        if (hostile.Path.StartsWith("/api/", StringComparison.Ordinal)) Api(hostile, status, response, body);
        else Page(hostile, status, response, body);
    }

    private void Api(HostileRequest hostile, int status, HttpResponseMessage response, string body)
    {
        var media = response.Content.Headers.ContentType?.MediaType;
        if (status >= 400)
        {
            Require(media == "application/problem+json", $"{status} is {media}: {body}");
            Require(IsCode(JsonNode.Parse(body)!), $"{status} has no code: {body}");
        }
        else if (hostile.Endpoint == Endpoint.Batch)
        {
            foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!))
            {
                if ((int)line["status"]! == 201) Accept(_ratings, Plain((string?)line["receipt"]), hostile);
                else Require((int)line["status"]! < 500 && IsCode(line), $"{status} {body}");
            }
        }
        else
        {
            Require(status == 201, $"{status} {body}");
            if (hostile.Endpoint == Endpoint.Rating) Accept(_ratings, Plain((string?)JsonNode.Parse(body)!["receipt"]), hostile);
            else if (hostile.Endpoint == Endpoint.Supplement) Accept(_supplements, hostile.Receipt!, hostile);
            else Accept(_complaints, (string)JsonNode.Parse(body)!["caseNumber"]!, hostile);
        }
    }

    private void Page(HostileRequest hostile, int status, HttpResponseMessage response, string body)
    {
        Require(!Markup.Any(markup => body.Contains(markup, StringComparison.OrdinalIgnoreCase)), $"{status} does not escape {body}");
        if (status == 303) Accept(_ratings, Plain(Rated().Match(string.Join(';', response.Headers.GetValues("Set-Cookie"))).Groups[1].Value), hostile);
        else Require(response.Content.Headers.ContentType?.MediaType == "text/html", $"{status} is no page: {body}");
        if (status == 201) Accept(_complaints, CaseNumber().Match(body).Groups[1].Value, hostile);
        if (status == 200 && body.Contains("role=\"status\"", StringComparison.Ordinal)) Accept(_supplements, SupplementOf(hostile), hostile);
    }

    private static bool IsCode(JsonNode answer) => Code().IsMatch((string?)answer["code"] ?? "");

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new InvalidDataException(what);
    }

    /// <summary>The receipt that a form bears, which somebody may have typed in another way.</summary>
    private static string SupplementOf(HostileRequest hostile) => Receipt().Match(Encoding.UTF8.GetString(hostile.Body)) is { Success: true } found ? found.Groups[1].Value : hostile.Receipt!;

    private static void Accept(ConcurrentDictionary<string, Accepted> accepted, string key, HostileRequest hostile) =>
        accepted.TryAdd(key, new Accepted(hostile, hostile.Text));

    private static string Plain(string? receipt) => receipt!.Replace("-", "", StringComparison.Ordinal);

    /// <summary>Ratings to be supplemented, brought by a program.</summary>
    private async Task<IReadOnlyList<string>> GiveRatings(int count)
    {
        using var supervisor = await App.SignedIn("supervisor");
        using var content = new StringContent(string.Concat(Enumerable.Repeat("{\"window\":\"A01\",\"grade\":4}\n", count)), Encoding.UTF8, "application/x-ndjson");
        using var response = await supervisor.PostAsync("/api/v1/ratings/batch", content);
        var receipts = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Plain((string?)JsonNode.Parse(line)!["receipt"])).ToList();
        foreach (var receipt in receipts) _ratings[receipt] = new Accepted(null, null);
        return receipts;
    }

    private async Task<IReadOnlyList<string>> Fingerprint()
    {
        var rows = new List<string>();
        foreach (var table in Kept)
        {
            rows.AddRange((await App.Query($"select * from {table}")).Select(row => $"{table} {JsonSerializer.Serialize(row)}").Order(StringComparer.Ordinal));
        }

        return rows;
    }

    /// <param name="Request">Null for one that was there before.</param>
    /// <param name="Text">As sent; null when it is not known.</param>
    private sealed record Accepted(HostileRequest? Request, string? Text);

    [GeneratedRegex("^[a-z][a-z_]+$")]
    private static partial Regex Code();

    [GeneratedRegex("rated=[1-5]\\.([0-9A-Z]{4}-[0-9A-Z]{4})")]
    private static partial Regex Rated();

    [GeneratedRegex("(?:受理编号|Case number)</dt><dd[^>]*>([^<]+)<")]
    private static partial Regex CaseNumber();

    [GeneratedRegex("(?:^|&)receipt=([0-9A-Z]{8})(?:&|$)")]
    private static partial Regex Receipt();
}

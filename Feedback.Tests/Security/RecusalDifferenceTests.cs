using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Outbox;
using Feedback.Features.Ratings;
using Feedback.Features.Statistics;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Tests.Security;

/// <summary>
/// Recusal (回避), shown by difference: the same hall with and without complaints that somebody may not know of. All that this person
/// can fetch is the same to the byte. On SQLite alone, whose file can be copied.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed partial class RecusalDifferenceTests
{
    /// <summary>Each value of each part of a path and each query. An endpoint with a parameter that is not here fails.</summary>
    private static readonly Dictionary<string, string[]> Queries = new()
    {
        ["GET /api/v1/cases"] = ["?size=2", .. Enum.GetValues<CaseState>().Select(s => $"?state={s}&size=2"), .. Enum.GetValues<Light>().Select(l => $"?light={l}&size=200")],
        ["GET /console/cases"] = ["", .. Enum.GetValues<CaseState>().Select(s => $"?state={s}"), .. Enum.GetValues<Light>().Select(l => $"?light={l}"), "?cursor=nonsense"],
        ["GET /api/v1/statistics/monthly"] =
        [
            .. from month in new[] { "2026-11", "2026-12" }
               from breakdown in MonthlyStatistics.Breakdowns
               from format in new[] { "json", "csv", "xlsx" }
               select $"?month={month}&by={breakdown}&format={format}",
        ],
        ["GET /console/statistics"] = ["", .. from month in new[] { "2026-11", "2026-12" } from breakdown in MonthlyStatistics.Breakdowns select $"?month={month}&by={breakdown}"],
        ["GET /api/v1/outbox"] = [.. Enum.GetValues<OutboxState>().Select(s => $"?state={s}&cursor=&size=200")],
        ["GET /console/outbox"] = [.. Enum.GetValues<OutboxState>().Select(s => $"?state={s}&cursor=")],
        ["GET /api/v1/ratings/flags"] = [.. Enum.GetValues<FlagState>().Select(s => $"?state={s}&cursor=&size=200")],
        ["GET /console/praise"] = [.. Enum.GetValues<FlagState>().Select(s => $"?state={s}&cursor=")],
        ["GET /console/account"] = ["", "?done=EndSession"],
        ["GET /api/v1/staff"] = ["?text=a&cursor=&size=200"],
        ["GET /console/staff"] = ["?text=a&cursor="],
        ["GET /console/search"] = ["?number=20261102-000000"],
        ["GET /track"] = ["", "?number=20261102-000000"],
        ["GET /w"] = ["", "?code=A01"],
        ["GET /w/{token}"] = ["", "?p=000000&key=X"],
    };

    private TwoHalls _halls = null!;
    private TestApp _without = null!;

    [OneTimeSetUp]
    public async Task Live()
    {
        _halls = await TwoHalls.Build();
        _without = await _halls.Live();
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (_without is not null) await _without.DisposeAsync();
        if (_halls is not null) await _halls.DisposeAsync();
    }

    [Test]
    public async Task A_handler_cannot_tell_whether_anybody_complained_of_the_window()
    {
        await using var with = await _halls.Live(Extra.Sealed, Extra.OfWindow, Extra.OfHead, Extra.OfSupervisor);
        await AssertTheSame(with, "handler");
        Assert.That(await Differing(with, "head-si"), Is.Not.Empty, "the unit's head is meant to see what is about the window");
        Assert.That(await Differing(with, "inspector"), Is.Not.Empty, "the inspector is meant to see all");
    }

    [Test]
    public async Task A_units_head_cannot_tell_whether_anybody_complained_of_them_or_higher_up()
    {
        await using var with = await _halls.Live(Extra.Sealed, Extra.OfHead, Extra.OfSupervisor);
        await AssertTheSame(with, "handler");
        await AssertTheSame(with, "head-si");
        Assert.That(await Differing(with, "supervisor"), Is.Not.Empty, "the hall's supervisor is meant to see what is about a head");
    }

    [Test]
    public async Task A_halls_supervisor_cannot_tell_whether_anybody_complained_of_them_or_in_secret()
    {
        await using var with = await _halls.Live(Extra.Sealed, Extra.OfSupervisor);
        foreach (var login in new[] { "handler", "head-si", "supervisor" }) await AssertTheSame(with, login);
        Assert.That(await Webhooks(with), Is.Not.Empty.And.EqualTo(await Webhooks(_without)), "what left for other systems");
        Assert.That(await Differing(with, "inspector"), Is.Not.Empty, "the inspector is meant to see all");
    }

    [Test]
    public async Task Two_halls_without_a_difference_are_the_same_to_the_inspector_too()
    {
        await using var again = await _halls.Live();
        await AssertTheSame(again, "inspector");
    }

    private async Task AssertTheSame(TestApp with, string login)
    {
        var differing = await Differing(with, login);
        Assert.That(differing, Is.Empty, $"{login}:\n{string.Join('\n', differing)}\n");
        Assert.That(await Mails(with, login), Is.Not.Empty.And.EqualTo(await Mails(_without, login)), $"the e-mails to {login}");
    }

    /// <summary>What a person fetches in both halls and finds different: the address, and the place of the first difference.</summary>
    private async Task<IReadOnlyList<string>> Differing(TestApp with, string login)
    {
        using var here = _halls.Client(_without, login);
        using var there = _halls.Client(with, login);
        var (differing, seen, asked) = (new List<string>(), 0, new Queue<string>(await Addresses()));
        while (asked.TryDequeue(out var address))
        {
            var (left, right) = (await Fetch(here, address), await Fetch(there, address));
            if (left.Status is 200) seen++;
            if (left.Text != right.Text) differing.Add($"{address}\n{Around(left.Text, right.Text)}\n{Around(right.Text, left.Text)}");
            if (left.Next is { } cursor) asked.Enqueue(WithCursor(address, cursor));
        }

        Assert.That(seen, Is.GreaterThan(60), "much of it is open to this person");
        return differing;
    }

    /// <summary>Every GET of the application with every parameter that exists.</summary>
    private async Task<IReadOnlyList<string>> Addresses()
    {
        var windows = (await _without.Query("select code from service_window order by code")).Select(w => (string)w["code"]!).ToList();
        var tokens = new List<string>();
        foreach (var window in windows) tokens.Add(await _without.Token(window));
        var parts = new Dictionary<string, IReadOnlyList<string>>
        {
            ["{number}"] = [.. _halls.Codes.Keys.Concat(_halls.Notices), "20261102-000000"],
            ["{caseNumber}"] = [.. _halls.Codes.Keys, "20261102-000000"],
            ["{notice}"] = _halls.Notices,
            ["{code}"] = windows,
            ["{token}"] = tokens,
            ["{key}"] = _halls.Screens,
            ["{version:int}"] = ["1", "2"],
            ["{picture:int}"] = ["1", "2"],
            ["{ticket}"] = ["nonsense"],
            ["{login}"] = ["handler", "head-si"],
            ["{documentName}"] = ["v1"],
        };

        var addresses = new List<string>();
        foreach (var endpoint in MappedEndpoints.Of(_without).Where(d => d.Methods().Contains("GET")))
        {
            var name = endpoint.Name();
            IEnumerable<string> paths = [name["GET ".Length..]];
            foreach (var part in PathPart().Matches(name).Select(m => m.Value))
            {
                Assert.That(parts, Contains.Key(part), $"{name}: no value of {part} is known here");
                paths = [.. paths.SelectMany(path => parts[part].Select(value => path.Replace(part, value, StringComparison.Ordinal)))];
            }

            var asked = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Where(p => IsOfQuery(p, name)).Select(p => p.Name!).ToList() ?? [];
            var queries = Queries.GetValueOrDefault(name, [""]);
            var missing = asked.Where(p => !queries.Any(q => Regex.IsMatch(q, $"[?&]{p}=")) && p != "cursor");
            Assert.That(missing, Is.Empty, $"{name}: no value of these parameters is known here");
            addresses.AddRange(from path in paths from query in queries select path + query);
        }

        return addresses;
    }

    private static bool IsOfQuery(ParameterInfo parameter, string endpoint)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return (type == typeof(string) || type.IsPrimitive || type.IsEnum || type == typeof(Guid) || type == typeof(DateOnly))
            && parameter.GetCustomAttribute<FromHeaderAttribute>() is null
            && !Regex.IsMatch(endpoint, $"{{{parameter.Name}[:}}]");
    }

    private async Task<Fetched> Fetch(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (_halls.Codes.FirstOrDefault(c => address.StartsWith("/api/v1/complaints/" + c.Key, StringComparison.Ordinal)) is { Value: { } code }) request.Headers.Add("X-Query-Code", code);
        using var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var text = type.EndsWith("spreadsheetml.sheet", StringComparison.Ordinal) ? Unzip(bytes) : type.StartsWith("image/png", StringComparison.Ordinal) ? Convert.ToHexString(bytes) : Encoding.UTF8.GetString(bytes);
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => !IsOfTheRequest(h.Key, type)).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        var next = type.EndsWith("json", StringComparison.Ordinal) ? NextPage().Match(text).Groups[1].Value : "";
        return new Fetched((int)response.StatusCode, $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n\n{WithoutChance(text.Replace(client.BaseAddress!.Authority, "…", StringComparison.Ordinal))}", next.Length > 0 ? next : null);
    }

    /// <summary>
    /// What each request has of its own: the time of the server's wall clock, which the test does not set; the cookies of a form and
    /// of a device, which hold random bytes; and the length of a spreadsheet, whose parts are compressed with their time.
    /// </summary>
    private static bool IsOfTheRequest(string header, string type) =>
        header is "Date" or "Set-Cookie" || (header == "Content-Length" && type.EndsWith("spreadsheetml.sheet", StringComparison.Ordinal));

    /// <summary>
    /// Takes out by name what is random in each answer: a form's token against forgery, a form's own key, the proof that it was opened at
    /// the window, and the keys of notices, which are made with the notice. (The port of each hall was taken out before.)
    /// </summary>
    private static string WithoutChance(string text) => InNoOrder(NoticeKey().Replace(FormChance().Replace(text.WithoutTrace(), "$1"), "\"id\":\"\""));

    /// <summary>Notices of one instant stand in the order of their keys, which is chance: they are compared as a set.</summary>
    private static string InNoOrder(string text)
    {
        var sorted = new Queue<string>(Notice().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal));
        return Notice().Replace(text, _ => sorted.Dequeue());
    }

    /// <summary>The parts of a spreadsheet by name, without the times at which each was packed and the random keys by which one names another.</summary>
    private static string Unzip(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        return string.Join('\n', archive.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal).Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            return $"{e.FullName}\n{PartKey().Replace(reader.ReadToEnd(), "R")}";
        }));
    }

    private static async Task<IReadOnlyList<string>> Mails(TestApp app, string login) => Lines(
        await app.Query("select kind, payload, queued_at, webhook_id from outbox_message where address = @address", new { address = TwoHalls.Address(login) }));

    private static async Task<IReadOnlyList<string>> Webhooks(TestApp app) => Lines(await app.Query("select kind, payload, queued_at, address from outbox_message where webhook_id is not null"));

    /// <summary>Messages of one instant leave in no order.</summary>
    private static IReadOnlyList<string> Lines(IEnumerable<IDictionary<string, object?>> rows) => [.. rows.Select(r => string.Join(' ', r.Values)).Order(StringComparer.Ordinal)];

    private static string WithCursor(string address, string cursor) => $"{Regex.Replace(address, "[?&]cursor=[^&]*", "")}&cursor={Uri.EscapeDataString(cursor)}";

    private static string Around(string text, string other)
    {
        var at = text.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Create(CultureInfo.InvariantCulture, $"  at {at}: {text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 120)].ReplaceLineEndings(" ")}");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex PathPart();

    [GeneratedRegex("\"next\":\"([^\"]+)\"")]
    private static partial Regex NextPage();

    [GeneratedRegex("((?:__RequestVerificationToken|name=\"key\"|name=\"presence\")\"? value=\")[^\"]+")]
    private static partial Regex FormChance();

    [GeneratedRegex("\"id\":\"[0-9a-f-]{36}\"")]
    private static partial Regex NoticeKey();

    [GeneratedRegex("\\{\"id\":\"\",\"caseNumber\"[^}]*\\}|<li class=\"row(?: unread)?\"><time.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Notice();

    [GeneratedRegex("R[0-9a-f]{16}")]
    private static partial Regex PartKey();

    private sealed record Fetched(int Status, string Text, string? Next);
}

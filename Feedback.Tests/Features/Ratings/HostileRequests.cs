using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Feedback.Tests.Features.Ratings;

/// <summary>A public endpoint that takes a body.</summary>
internal enum Endpoint
{
    Rating,
    Supplement,
    Complaint,
    Batch,
    RatingForm,
    SupplementForm,
    ComplaintForm,
}

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Endpoint">Whose it is.</param>
/// <param name="Path">With its query, as sent.</param>
/// <param name="Body">As sent.</param>
/// <param name="ContentType">As sent, null for none.</param>
internal sealed record HostileRequest(Endpoint Endpoint, string Path, byte[] Body, string? ContentType)
{
    private const int Shown = 500;

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The free text in it, when nobody garbled it: what must come back if the request is accepted.</summary>
    public string? Text { get; init; }

    /// <summary>The receipt of the rating that a supplement is for.</summary>
    public string? Receipt { get; init; }

    /// <summary>That it breaks HTTP itself, so that the server refuses it before the application.</summary>
    public bool BreaksHttp { get; init; }

    public bool IsForm => Endpoint >= Endpoint.RatingForm;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Endpoint} {Short(Path)} [{ContentType}] {string.Join(", ", Headers.Select(h => $"{h.Name}: {Short(h.Value)}"))} {Body.Length} bytes: {Short(Encoding.Latin1.GetString(Body))}");

    private static string Short(string text) =>
        string.Concat(text.Take(Shown).Select(c => c is >= ' ' and < (char)127 ? c.ToString() : $"\\x{(int)c:x2}")) + (text.Length > Shown ? "…" : "");
}

/// <summary>Makes requests that no client of ours would send, for every public endpoint, and well-formed ones with texts that look like an attack.</summary>
/// <param name="windows">Tokens that are valid.</param>
/// <param name="receipts">Of ratings that can be supplemented.</param>
internal sealed class HostileRequests(IReadOnlyList<string> windows, IReadOnlyList<string> receipts)
{
    /// <summary>Texts that a citizen may send, and that must come back as they are.</summary>
    public static readonly string[] NastyTexts =
    [
        "'; drop table rating--", "' or 1=1 or ''='", "\" or \"\"=\"", "0); delete from rating; --", "/* */ -- # ;", "%' escape '!", "\\", "\\u0041 \\n \\0", "@id @Comment :x $1 ?",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</textarea><script>alert(1)</script>", "</blockquote></form><iframe src=//x>", "<!-- ", "]]>", "<b>fett</b>",
        "javascript:alert(1)", "{{7*7}}", "${7*7}", "@(7*7) @{ } @L(\"a\", \"b\")", "&lt;b&gt; &amp;amp; &#60;script&#62;", "%3Cscript%3E %00 +", "=1+1", "`id` $(id)",
        "\u202Eedoc\u202C \u2066x\u2069", "e\u0301 Z\u0337\u0321\u034E o\u0308\u0323", "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇳", "שלום مرحبا ﷺ", "𠮷野家 㐀 龥", "\u200B\u200D\uFEFFx\u00AD", "a\u2028b\u2029c", "\uFFFD \uFFFE \uFFFF \uE000", "\u00A0x\u3000",
        " leading and trailing  ", "\n\nlines\r\nand\ttabs\n", "\tx", "\rx", "ﬁ Ⅷ ½ ㎏ ｱ",
    ];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<Endpoint, string[]> Fields = new()
    {
        [Endpoint.Rating] = ["window", "grade", "tags", "comment", "ticket", "visits", "contact", "item", "servedAt", "presence"],
        [Endpoint.Batch] = ["window", "grade", "tags", "comment", "ticket", "visits", "contact", "item", "ratedAt"],
        [Endpoint.Supplement] = ["grade", "comment"],
        [Endpoint.Complaint] = ["window", "about", "receiver", "text", "ticket", "contact", "type"],
        [Endpoint.RatingForm] = ["key", "grade", "tags1", "tags5", "comment", "ticket", "visits", "item", "phone", "presence"],
        [Endpoint.SupplementForm] = ["key", "receipt", "adds", "grade", "comment"],
        [Endpoint.ComplaintForm] = ["key", "about", "text", "ticket", "receiver", "name", "phone", "email", "urgent"],
    };

    private static readonly Gen<Endpoint> Endpoints = Gen.Frequency(
        (8, Gen.Constant(Endpoint.Rating)), (3, Gen.Constant(Endpoint.Supplement)), (2, Gen.Constant(Endpoint.Complaint)), (2, Gen.Constant(Endpoint.Batch)), (4, Gen.Constant(Endpoint.RatingForm)), (2, Gen.Constant(Endpoint.SupplementForm)), (1, Gen.Constant(Endpoint.ComplaintForm)));

    /// <summary>Any Unicode text without control characters, mostly short.</summary>
    private static readonly Gen<string> AnyText =
        from runes in Gen.ArrayOf(Gen.OneOf(Gen.Choose(0x20, 0x7E), Gen.Choose(0xA0, 0xD7FF), Gen.Choose(0xF900, 0x10FFFF)))
        select string.Concat(runes.Take(40).Select(r => new Rune(r).ToString()));

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Elements(NastyTexts), AnyText, from a in Gen.Elements(NastyTexts) from b in Gen.Elements(NastyTexts) select a + b);

    /// <summary>Whatever may stand where a value is expected, as JSON and as a form has it. U+F7xx stands for the byte xx.</summary>
    private static readonly Gen<Value> Strange = Gen.Frequency(
        (6, Gen.Elements("1e400", "-1e400", "1e-400", "-0", "0", "6", "-1", "1.5", "5.0", "1E0", "2147483648", "9223372036854775808", "-9223372036854775809", "NaN", "Infinity", "-Infinity", "05", "+5", "0x5", "1_0", ".5", "5.", new string('9', 1000)).Select(n => new Value(n, n))),
        (4, Gen.Elements("null", "true", "false", "{}", "[]", "[[]]", "[null]", "[5]", "{\"a\":1}", "[{\"phone\":\"1\"}]", "undefined", "'x'", "", "//", "{\"name\":[],\"phone\":{}}", "\"Delay,Gifts\"", "\"3\"").Select(j => new Value(j, j))),
        (4, Gen.Elements(
            "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.9999999Z", "2026-02-30T00:00:00Z", "2026-11-16T25:00:00+08:00", "2026-11-16", "10000-01-01T00:00:00Z", "2026-11-16T10:00:00+99:99", "yesterday").Select(Value.Of)),
        (4, Gen.Elements("", " ", "   \t", "\u3000", "\n", "A1\n", "13800000000\n", "a@b\r\nBcc: c@d", "WINDOW", "Hall", "GIFTS", "BadRating", "510\n", "５").Select(Value.Of)),
        (4, Gen.Elements("\\u0000", "a\\u0000b", "\\u0001\\u001f\\u007f\\u0085", "\\ud800", "\\udc00\\ud800", "x\\ud83d", "\\ude00x", "\\x41", "\\u12", "\\", "\u0000", "\u0001", "\n", "\uF7C3(", "\uF7FF", "\uF7ED\uF7A0\uF780", "\uF7C0\uF7AF", "\uF7E5", "\uF7F5\uF780\uF780\uF780").Select(s => new Value($"\"{s}\"", s))),
        (4, Gen.Elements("%00", "%", "%zz", "%ff", "%c0%af", "%ed%a0%80", "%u0041", "+", "a%00b", "%0d%0aSet-Cookie:x=y").Select(s => new Value($"\"{s}\"", s))),
        (3, Gen.Elements(151, 300, 2001, 5000).Select(n => Value.Of(new string('好', n)))),
        (1, Gen.Frequency((9, Gen.Elements(60_000, 70_000)), (1, Gen.Constant(1024 * 1024))).Select(n => Value.Of(new string('x', n)))),
        (2, Gen.Elements(20, 200, 15_000).Select(n => Value.Of("e" + new string('\u0301', n)))),
        (1, Gen.Elements(10, 140, 150).Select(n => Value.Of(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", n))))),
        (2, Gen.Elements(65, 1000, 10_000).SelectMany(n => Gen.Elements("[", "{\"a\":", "[{\"x\":").Select(open => Nested(open, n)))),
        (1, Gen.Elements("\"517\"", "\"\"", "null", "\"x\"").SelectMany(t => Gen.Elements(2, 10_000).Select(n => new Value($"[{string.Join(',', Enumerable.Repeat(t, n))}]", "517")))),
        (2, Gen.Choose(200, 3000).Select(n => new Value($"[{string.Join(',', Enumerable.Range(0, n).Select(i => $"\"{i}\""))}]", "517"))),
        (3, Texts.Select(Value.Of)),
        (3, Gen.Sized(Any).Select(j => new Value(j, j))));

    private readonly Gen<string> _window = Gen.Elements(windows.AsEnumerable());
    private readonly Gen<string> _receipt = Gen.Elements(receipts.AsEnumerable());

    /// <summary>As many as asked for, always the same for the same seed.</summary>
    public IReadOnlyList<HostileRequest> Make(int count, ulong seed) => [.. All.Sample(count, new Rnd(seed), 30).Select((request, n) => WithKey(request, string.Create(CultureInfo.InvariantCulture, $"{seed}-{n}")))];

    private Gen<HostileRequest> All => Gen.Frequency(
        (3, Endpoints.SelectMany(endpoint => Valid(endpoint, Texts))),
        (6, Endpoints.SelectMany(Spoiled)),
        (1, Endpoints.SelectMany(Spoiled).SelectMany(Cut)),
        (1, Endpoints.SelectMany(endpoint => Valid(endpoint, Texts)).SelectMany(Flipped)),
        (1, Endpoints.SelectMany(Shapeless)),
        (1, Endpoints.SelectMany(endpoint => Valid(endpoint, Texts)).SelectMany(Mistyped)),
        (1, Endpoints.SelectMany(endpoint => Valid(endpoint, Texts)).SelectMany(WithHeaders)),
        (1, Endpoints.SelectMany(endpoint => Valid(endpoint, Texts)).SelectMany(Elsewhere)));

    private Gen<HostileRequest> Valid(Endpoint endpoint, Gen<string> texts) =>
        from fields in ValidFields(endpoint, texts)
        from request in Sent(endpoint, fields.Fields)
        select request with { Text = fields.Text };

    /// <summary>One to three fields replaced, given twice or unknown.</summary>
    private Gen<HostileRequest> Spoiled(Endpoint endpoint) =>
        from valid in ValidFields(endpoint, Texts)
        from changes in (from name in Gen.Frequency((8, Gen.Elements(Fields[endpoint])), (1, Gen.Elements("stars", "id", "", "__proto__", "Grade", "$type", "comment.", "tags[0]", "\\u0000", "constructor")))
                         from twice in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
                         from value in Strange
                         select (name, twice, value)).ArrayOf()
        let few = changes.Length == 0 ? [("stars", false, Value.Of("x"))] : changes.Take(3).ToArray()
        let fields = few.Aggregate(valid.Fields, (all, c) => c.Item2 ? [.. all, (c.Item1, c.Item3)] : [.. all.Where(f => f.Name != c.Item1), (c.Item1, c.Item3)])
        from request in Sent(endpoint, fields)
        select few.Any(c => c.Item1 is "comment" or "text") ? request : request with { Text = valid.Text };

    private static Gen<HostileRequest> Cut(HostileRequest request) =>
        Gen.Choose(0, Math.Max(0, request.Body.Length - 1)).Select(at => request with { Body = request.Body[..at], Text = null });

    private static Gen<HostileRequest> Flipped(HostileRequest request) =>
        from at in Gen.Choose(0, Math.Max(0, request.Body.Length - 1))
        from with in Gen.Choose(0, 255)
        select request with { Body = [.. request.Body.Select((b, i) => i == at ? (byte)with : b)], Text = null };

    private Gen<HostileRequest> Shapeless(Endpoint endpoint) =>
        from body in Gen.OneOf(Gen.Sized(Any), Strange.Select(s => s.Json), Gen.Elements("", " ", "\uFEFF", "{", "}", "null", "[]", "a=b", "=&=&&", "&&&&", "{\"window\":", "\u0000", "\uF7FF\uF7FE{\u0000}\u0000", "--x\r\n", "{}{}", "{}\n{}\n\n[]"))
        from path in PathOf(endpoint)
        select new HostileRequest(endpoint, path.Path, Bytes(body), TypeOf(endpoint)) { Receipt = path.Receipt };

    private static Gen<HostileRequest> Mistyped(HostileRequest request) => Gen.OneOf(
        Gen.Elements(
            null, "", "text/plain", "text/html", "application/xml", "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + new string('b', 500),
            "application/x-ndjson", "application/problem+json", "application/jsonx", "json", "*/*", "application/json; charset", "application/json;;;", "application/json, text/plain", "/")
            .Select(type => request with { ContentType = type, Text = null }),
        Gen.Elements("utf-16", "utf-32", "utf-7", "gb2312", "gbk", "iso-8859-1", "us-ascii", "utf8", "x", "\"\"", "\"utf-16\"", "'utf-8'", new string('u', 300))
            .Select(charset => request with { ContentType = $"{request.ContentType}; charset={charset}", Text = null }),
        Gen.Elements("utf-8", "UTF-8", "\"utf-8\"").Select(charset => request with { ContentType = $"{request.ContentType}; charset={charset}" }),
        Gen.Elements(Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32).Select(e => request with { Body = [.. e.GetPreamble(), .. e.GetBytes(Encoding.UTF8.GetString(request.Body))], Text = null }),
        Gen.Constant(request with { Body = [.. Encoding.UTF8.Preamble, .. request.Body], Text = null }),
        Gen.Elements("gzip", "br", "x").Select(e => request with { Headers = [("Content-Encoding", e)], Text = null }));

    /// <summary>Key, device and language in strange headers. A request of more than 32 KiB of headers is no request to the server.</summary>
    private static Gen<HostileRequest> WithHeaders(HostileRequest request) =>
        from name in Gen.Elements("Idempotency-Key", "X-Device", "Accept-Language", "Cookie", "Accept", "X-Forwarded-For", "Authorization", "Referer")
        from value in Gen.OneOf(
            Gen.Elements("", "x", "a b", "a,b", "é", "\u0001", "'; drop table rating--", "<script>alert(1)</script>", "Bearer ", "Bearer x", "Basic x", "%00", ";;;=", "feedback-device=%00; rated=9.x; lang=c%3D; type=x", "feedback-staff=x; lang=", "zh;q=9,*;q=x", "../../etc"),
            Gen.Elements(127, 128, 129, 4000, 20_000, 40_000).Select(n => new string('k', n)))
        select request with { Headers = [(name, value)], BreaksHttp = value.Length > 30_000 || value == "\u0001", Text = null };

    /// <summary>The same body to an address that is a little wrong, or with a strange query.</summary>
    private Gen<HostileRequest> Elsewhere(HostileRequest request)
    {
        var query = Gen.Elements("?%00", "?p=%00&key=%ff", "?lang=%c0%af", "?lang=" + new string('x', 3000), "?type=%ed%a0%80&type=large", "?a=" + new string('%', 30), "?lang=en&lang=zh", "?lang=en-GB%0d%0aSet-Cookie:x", "?culture=x&ui-culture=%00", "?=&&=", "?window=" + windows[0] + "&grade=5", "?<script>alert(1)</script>")
            .Select(q => request with { Path = request.Path + q });
        var segment = Gen.Elements("%20", "-", "%ff", "%c0%af", "%ed%a0%80", "%2e%2e", "..%2f..%2f", "'", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%E2%80%AE", "%C5%BF", "x", new string('7', 3000), "%00", "%", "%zz");
        var mutated = from at in Gen.Choose(0, windows[0].Length - 1)
                      from c in Gen.Elements("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~é".ToArray())
                      select windows[0][..at] + Uri.EscapeDataString(c.ToString()) + windows[0][(at + 1)..];
        var path = from s in Gen.OneOf(segment, mutated)
                   from shape in Gen.Elements("/w/{0}", "/w/{0}/complaint", "/api/v1/ratings/{0}/supplement", "/api/v1/ratings/{0}", "/api/v1/{0}", "/r/{0}", "/w/{0}/thanks")
                   select request with { Path = string.Format(CultureInfo.InvariantCulture, shape, s), Text = null, BreaksHttp = s is "%00" or "%" or "%zz" or "%ff" or "%c0%af" or "%ed%a0%80", Receipt = null };
        return Gen.OneOf(query, path);
    }

    private Gen<(List<(string Name, Value Value)> Fields, string? Text)> ValidFields(Endpoint endpoint, Gen<string> texts) =>
        from text in texts
        from window in _window
        from ticket in Gen.OneOf(Gen.Constant<string?>(null), Gen.Choose(0, int.MaxValue).Select(n => (string?)string.Create(CultureInfo.InvariantCulture, $"T-{n}")))
        from grade in Gen.Choose(1, 5)
        from contact in Gen.Elements(false, false, false, true)
        select (Usual(endpoint, window, ticket, grade, contact, text), text);

    private static List<(string, Value)> Usual(Endpoint endpoint, string window, string? ticket, int grade, bool contact, string text)
    {
        var (g, fields) = (new Value(grade.ToString(CultureInfo.InvariantCulture), grade.ToString(CultureInfo.InvariantCulture)), new List<(string, Value)>());
        if (endpoint is Endpoint.Rating or Endpoint.Complaint) fields.Add(("window", Value.Of(window)));
        if (endpoint is Endpoint.Batch) fields.Add(("window", Value.Of("A01")));
        if (endpoint is Endpoint.Complaint or Endpoint.ComplaintForm) fields.AddRange([("about", Value.Of("Delay")), ("text", Value.Of(text))]);
        else fields.AddRange([("grade", g), ("comment", Value.Of(text))]);
        if (endpoint is Endpoint.SupplementForm) fields.Add(("adds", Value.Of("true")));
        if (ticket is not null && endpoint is not (Endpoint.Supplement or Endpoint.SupplementForm)) fields.Add(("ticket", Value.Of(ticket)));
        if (contact && endpoint is Endpoint.Rating or Endpoint.Complaint or Endpoint.Batch) fields.Add(("contact", new Value("""{"name":"<b>王</b>","phone":"13800000000"}""", "")));
        if (contact && endpoint is Endpoint.RatingForm) fields.Add(("phone", Value.Of("13800000000")));
        return fields;
    }

    private Gen<HostileRequest> Sent(Endpoint endpoint, List<(string Name, Value Value)> fields) =>
        from path in PathOf(endpoint)
        select endpoint >= Endpoint.RatingForm
            ? new HostileRequest(endpoint, path.Path, Bytes(string.Join('&', Opened(endpoint, fields, path.Receipt).Select(f => $"{f.Name}={f.Value.Form}"))), TypeOf(endpoint)) { Receipt = path.Receipt }
            : new HostileRequest(endpoint, path.Path, Bytes($"{{{string.Join(',', fields.Select(f => $"\"{f.Name}\":{f.Value.Json}"))}}}"), TypeOf(endpoint)) { Receipt = path.Receipt };

    /// <summary>Unless somebody tampered with it, a form bears its receipt.</summary>
    private static IEnumerable<(string Name, Value Value)> Opened(Endpoint endpoint, List<(string Name, Value Value)> fields, string? receipt) =>
        endpoint == Endpoint.SupplementForm && !fields.Exists(f => f.Name == "receipt") ? [.. fields, ("receipt", Value.Of(receipt!))] : fields;

    private Gen<(string Path, string? Receipt)> PathOf(Endpoint endpoint) => endpoint switch
    {
        Endpoint.Rating => Gen.Constant(("/api/v1/ratings", null as string)),
        Endpoint.Complaint => Gen.Constant(("/api/v1/complaints", null as string)),
        Endpoint.Batch => Gen.Constant(("/api/v1/ratings/batch", null as string)),
        Endpoint.Supplement => _receipt.Select(r => ($"/api/v1/ratings/{r}/supplement", (string?)r)),
        Endpoint.SupplementForm => _receipt.Select(r => ("/r", (string?)r)),
        Endpoint.RatingForm => _window.Select(w => ("/w/" + w, null as string)),
        _ => _window.Select(w => ($"/w/{w}/complaint", null as string)),
    };

    private static string TypeOf(Endpoint endpoint) => endpoint switch
    {
        Endpoint.Batch => "application/x-ndjson",
        >= Endpoint.RatingForm => "application/x-www-form-urlencoded",
        _ => "application/json",
    };

    /// <summary>A key of its own, so that each accepted request is a row of its own; a form has it in its body.</summary>
    private static HostileRequest WithKey(HostileRequest request, string key) =>
        request.IsForm || request.Headers.Any(h => h.Name == "Idempotency-Key") ? request : request with { Headers = [.. request.Headers, ("Idempotency-Key", key)] };

    /// <summary>JSON of any shape.</summary>
    private static Gen<string> Any(int size) => size <= 1
        ? Gen.OneOf(Gen.Elements("null", "true", "0", "-1.5e9", "{}", "[]"), Texts.Select(t => JsonSerializer.Serialize(t)))
        : Gen.OneOf(
            Any(1),
            Any(size / 3).ArrayOf().Select(items => $"[{string.Join(',', items.Take(6))}]"),
            (from name in Gen.OneOf(Gen.Elements(Fields[Endpoint.Rating]), Texts) from value in Any(size / 3) select $"{JsonSerializer.Serialize(name)}:{value}").ArrayOf().Select(p => $"{{{string.Join(',', p.Take(6))}}}"));

    private static Value Nested(string open, int depth)
    {
        var close = string.Concat(open.Where(c => c is '[' or '{').Reverse().Select(c => c == '[' ? ']' : '}'));
        var json = string.Concat(Enumerable.Repeat(open, depth)) + "0" + string.Concat(Enumerable.Repeat(close, depth));
        return new Value(json, json);
    }

    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is < '\uF780' or > '\uF7FF') continue;
            bytes.AddRange(Encoding.UTF8.GetBytes(text[from..i]));
            if (i < text.Length) bytes.Add((byte)(text[i] - '\uF700'));
            from = i + 1;
        }

        return [.. bytes];
    }

    private readonly record struct Value(string Json, string Form)
    {
        public static Value Of(string text) => new(JsonSerializer.Serialize(text, Relaxed), Uri.EscapeDataString(text));
    }
}

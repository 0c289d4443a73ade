using Feedback.Tests.Web;

namespace Feedback.Tests.Security.Injection;

/// <summary>
/// Sends each form that nobody sent before: with a hostile text in every field that people type into, with one in each other field in
/// turn, and last so that it is taken, with hostile texts in all that takes free text.
/// </summary>
internal sealed class Attack(PageEndpoints endpoints, HostileTexts texts, FieldList list)
{
    /// <summary>What fields want that take no free text; blank where nothing is wanted.</summary>
    private static readonly Dictionary<string, string> Wanted = new()
    {
        ["phone"] = "13800000000", ["email"] = "a@example.cn", ["visits"] = "2", ["ticket"] = "Z1", ["presence"] = "", ["url"] = "https://hooks.example/in", ["repeatOf"] = "",
        ["pictures"] = "", ["currentPassword"] = "", ["newPassword"] = "", ["repeated"] = "", ["days"] = "7", ["effectiveFrom"] = "2027-01-05", ["texts.complaint"] = "1800", ["day"] = "2027-03-03",
    };

    /// <summary>Fields that look something up: there is nothing by a hostile name.</summary>
    private static readonly string[] LookUps = ["number", "code", "receipt", "login", "password", "lead", "month"];

    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>How many pages are tried until a form is taken: not everybody who has it, nor every case, is let through.</summary>
    private const int Tries = 4;

    private readonly HashSet<string> _done = [];
    private readonly Dictionary<string, int> _refused = [];

    /// <summary>Times that a form was sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Whether a page has a form to send.</summary>
    public bool IsNew(PageContent content) => content.Forms.Any(IsNew);

    /// <summary>Sends all forms of a page that are new.</summary>
    /// <param name="reader">Whose page is open.</param>
    /// <param name="content">The page.</param>
    /// <param name="open">Opens the page anew.</param>
    public async Task On(PageReader reader, PageContent content, Func<Task<PageContent>> open)
    {
        foreach (var endpoint in content.Forms.Where(IsNew).Select(NameOf).ToList())
        {
            var session = new Session(reader, open, f => NameOf(f) == endpoint) { Page = content };
            if (await session.Form() is not { } form) continue;
            await TestContext.Progress.WriteLineAsync($"  sends {endpoint}");
            list.Add(endpoint, form.Fields.Select(f => Listed(form, f)));
            if (IsUnseen(form))
            {
                _done.UnionWith(form.Fields.Select(f => FieldList.NameOf(endpoint, f.Name)));
                await Replace(session, form);
                await Type(session, form);
            }

            await SendToBeTaken(session, form);
            content = await open();
        }
    }

    /// <summary>Opens the page with each part of its address hostile in turn, and with its whole query.</summary>
    public async Task Ask(PageReader reader, string path)
    {
        var (parts, query) = endpoints.Parameters(path);
        var endpoint = endpoints.NameOf("GET", path)!;
        list.Add(endpoint, parts.Select(p => $"{{{p}}}").Concat(query.Select(q => "?" + q)));
        string Hostile(string what) => texts.For(FieldList.NameOf(endpoint, what));
        foreach (var part in parts) await reader.Read(endpoints.With(path, part, Hostile(part)));
        foreach (var name in query) await reader.Read($"{path}?{name}={Uri.EscapeDataString(Hostile(name))}");
        await reader.Open(path + "?" + string.Join('&', query.Concat(["lang", "type", "other"]).Select(q => $"{q}={Uri.EscapeDataString(Hostile(q))}")));
    }

    /// <summary>A hostile value in each field that is chosen, hidden or a button's, one at a time.</summary>
    private async Task Replace(Session session, PageForm form)
    {
        foreach (var field in form.Fields.Where(f => !f.IsText))
        {
            if (await session.Form() is not { } there) break;
            var replaced = KeyValuePair.Create(field.Field, Hostile(form, field));
            Sent++;

            // What repeats it, or has nothing else to be filled, is sent and shown.
            if ((await session.Reader.Post(there, replaced)).Texts.Count > 0 || !form.Fields.Any(f => f.IsText)) await session.Send(there, Nothing, replaced);
        }
    }

    /// <summary>Hostile texts in all that people type into, at once.</summary>
    private async Task Type(Session session, PageForm form)
    {
        var typed = form.Fields.Where(f => f.IsText).ToDictionary(f => f.Field, f => Hostile(form, f));
        if (typed.Count == 0 || await session.Form() is not { } there) return;
        Sent++;
        await session.Send(there, typed);
    }

    /// <summary>With the longest texts that are taken.</summary>
    private async Task SendToBeTaken(Session session, PageForm form)
    {
        var free = form.Fields.Where(IsFree).ToList();
        for (var size = 0; free.Count > 0 && size < HostileTexts.Sizes && await session.Form() is { } there; size++)
        {
            var values = free.ToDictionary(f => f.Field, f => Hostile(form, f, size));
            foreach (var (name, value) in Wanted) values.TryAdd(name, value);
            Sent++;
            var answer = await session.Send(there, values);
            await TestContext.Progress.WriteLineAsync($"  sends {NameOf(form)}, size {size}: {answer.Status} {answer.Path}");
            if (answer.Status >= 400) continue;
            _refused[NameOf(form)] = Tries;
            return;
        }

        _refused[NameOf(form)] = _refused.GetValueOrDefault(NameOf(form)) + 1;
    }

    private bool IsNew(PageForm form) => !list.Has(NameOf(form)) || IsUnseen(form) || (form.Fields.Any(IsFree) && _refused.GetValueOrDefault(NameOf(form)) < Tries);

    private bool IsUnseen(PageForm form) => form.Fields.Any(f => !_done.Contains(FieldList.NameOf(NameOf(form), f.Name)));

    private string Hostile(PageForm form, PageField field, int size = 0) => texts.For(FieldList.NameOf(NameOf(form), Listed(form, field)), size);

    private static bool IsFree(PageField field) => field.IsText && !field.Name.EndsWith('*') && !Wanted.ContainsKey(field.Field) && !LookUps.Contains(field.Field);

    private string NameOf(PageForm form) => $"{endpoints.NameOf(form.Method, form.Path) ?? $"{form.Method} {form.Path}"} {form.Does}".TrimEnd();

    private static string Listed(PageForm form, PageField field) => form.Method == "GET" ? "?" + field.Name : field.Name;

    /// <summary>A form that is sent again and again, on pages that are opened anew for it.</summary>
    private sealed class Session(PageReader reader, Func<Task<PageContent>> open, Func<PageForm, bool> isIt)
    {
        public PageReader Reader => reader;

        /// <summary>The page that is open; null when it is used up.</summary>
        public PageContent? Page { get; set; }

        public async Task<PageForm?> Form() => (Page ??= await open()).Forms.FirstOrDefault(isIt);

        public Task<PageContent> Send(PageForm form, Dictionary<string, string> typed, KeyValuePair<string, string>? replaced = null)
        {
            Page = null;
            return reader.Send(form, typed, replaced);
        }
    }
}

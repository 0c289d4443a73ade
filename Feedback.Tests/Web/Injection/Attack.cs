namespace Feedback.Tests.Web.Injection;

/// <summary>
/// Sends each form that nobody sent before: with a hostile text in every field that people type into, with one in each other field in
/// turn, and last so that it is taken, with hostile texts in all that takes free text.
/// </summary>
internal sealed class Attack(PageDoors doors, HostileTexts texts, FieldList list)
{
    /// <summary>What fields want that take no free text; blank where nothing is wanted.</summary>
    private static readonly Dictionary<string, string> Wanted = new()
    {
        ["phone"] = "13800000000", ["email"] = "a@example.cn", ["visits"] = "2", ["ticket"] = "Z1", ["presence"] = "", ["url"] = "https://hooks.example/in", ["repeatOf"] = "",
        ["effectiveFrom"] = "2027-01-05", ["texts.complaint"] = "1800", ["day"] = "2027-03-03",
    };

    /// <summary>Fields that look something up: there is nothing by a hostile name.</summary>
    private static readonly string[] LookUps = ["number", "code", "receipt", "login", "password", "lead", "month"];

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly HashSet<string> _done = [];

    /// <summary>Times that a form was sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Whether a page has a form, or a field, that was not sent yet.</summary>
    public bool IsNew(Sight sight) => sight.Forms.Any(f => !_done.IsSupersetOf(f.Fields.Select(x => FieldList.NameOf(NameOf(f), x.Name))) || !list.Has(NameOf(f)));

    /// <summary>Sends all forms of a page that are new.</summary>
    /// <param name="eyes">Whose page is open.</param>
    /// <param name="sight">The page.</param>
    /// <param name="open">Opens the page anew.</param>
    public async Task On(Eyes eyes, Sight sight, Func<Task<Sight>> open)
    {
        foreach (var door in sight.Forms.Where(f => IsNew(sight with { Forms = [f] })).Select(NameOf).ToList())
        {
            Sight? here = sight;
            async Task<SeenForm?> Form() => (here ??= await open()).Forms.FirstOrDefault(f => NameOf(f) == door);
            if (await Form() is not { } form) continue;
            await TestContext.Progress.WriteLineAsync($"  sends {door}");
            list.Add(door, form.Fields.Select(f => Listed(form, f)));
            _done.UnionWith(form.Fields.Select(f => FieldList.NameOf(door, f.Name)));

            foreach (var field in form.Fields.Where(f => !f.IsText))
            {
                if (await Form() is not { } there) break;
                var replaced = KeyValuePair.Create(field.Field, texts.For(FieldList.NameOf(door, Listed(form, field))));
                Sent++;
                if ((await eyes.Post(there, replaced)).Texts.Count == 0 && form.Fields.Any(f => f.IsText)) continue;

                // What repeats it, or has nothing else to be filled, is sent and shown.
                await eyes.Send(there, Nothing, replaced);
                here = null;
            }

            var typed = form.Fields.Where(f => f.IsText).ToList();
            if (typed.Count > 0 && await Form() is { } filled)
            {
                Sent++;
                here = await eyes.Send(filled, typed.ToDictionary(f => f.Field, f => texts.For(FieldList.NameOf(door, Listed(form, f)))));
                if (typed.Any(f => !IsFree(f) && !Wanted.ContainsKey(f.Field))) here = null;
            }

            var free = typed.Where(IsFree).ToList();
            for (var size = here is { Status: < 400 } ? HostileTexts.Sizes : 0; free.Count > 0 && size < HostileTexts.Sizes && await Form() is { } next; size++)
            {
                var values = free.ToDictionary(f => f.Field, f => texts.For(FieldList.NameOf(door, Listed(form, f)), size));
                foreach (var (name, value) in Wanted) values.TryAdd(name, value);
                Sent++;
                here = await eyes.Send(next, values);
                if (here.Status < 400) break;
            }

            sight = await open();
        }
    }

    /// <summary>Opens the page with each part of its address hostile in turn, and with its whole query.</summary>
    public async Task Ask(Eyes eyes, string path)
    {
        var (parts, query) = doors.Parameters(path);
        var door = doors.NameOf("GET", path)!;
        list.Add(door, parts.Select(p => $"{{{p}}}").Concat(query.Select(q => "?" + q)));
        string Hostile(string what) => texts.For(FieldList.NameOf(door, what));
        foreach (var part in parts) await eyes.Glance(doors.With(path, part, Hostile(part)));
        foreach (var name in query) await eyes.Glance($"{path}?{name}={Uri.EscapeDataString(Hostile(name))}");
        await eyes.Open(path + "?" + string.Join('&', query.Concat(["lang", "type", "other"]).Select(q => $"{q}={Uri.EscapeDataString(Hostile(q))}")));
    }

    private static bool IsFree(SeenField field) => !field.Name.EndsWith('*') && !Wanted.ContainsKey(field.Field) && !LookUps.Contains(field.Field);

    private string NameOf(SeenForm form) => $"{doors.NameOf(form.Method, form.Path) ?? $"{form.Method} {form.Path}"} {form.Does}".TrimEnd();

    private static string Listed(SeenForm form, SeenField field) => form.Method == "GET" ? "?" + field.Name : field.Name;
}

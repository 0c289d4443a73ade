using Microsoft.Playwright;

namespace Feedback.Tests.Web.Injection;

/// <summary>
/// Sends each form that nobody sent before: with a hostile text in every field that people type into, then with one in each other field
/// in turn, and last so that it is taken, with hostile texts in all that takes free text.
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

    /// <summary>Of a group's choices the one that leads on: a complaint that stays in the hall, an item with materials, a bad rating.</summary>
    private static readonly string[] Chosen = ["Delay", "SI-03", "1"];

    private readonly HashSet<string> _done = [];

    /// <summary>Forms that were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Looks at the page, and for what stands on it that was sent.</summary>
    /// <param name="page">Where the browser is.</param>
    /// <param name="isAnswer">Whether it answers a form, and so repeats what was sent.</param>
    public async Task<Sight> Look(IPage page, bool isAnswer = false)
    {
        var sight = await Sight.Of(page);
        foreach (var element in sight.Foreign) texts.Faults.Add($"{page.Url}: {element}");
        if (sight.Status >= 500) texts.Faults.Add($"{page.Url}: {sight.Status}");
        foreach (var text in sight.Texts) texts.Read(page.Url, text, isAnswer);
        return sight;
    }

    /// <summary>Sends all forms of a page that are new.</summary>
    /// <param name="page">The browser.</param>
    /// <param name="sight">The page as it is now.</param>
    /// <param name="open">Opens the page anew.</param>
    public async Task On(IPage page, Sight sight, Func<Task> open)
    {
        foreach (var (door, form) in sight.Forms.Select(f => (NameOf(f), f)))
        {
            list.Add(door, form.Fields.Select(f => NameOf(form, f)));
            if (form.Fields.All(f => !_done.Add($"{door} {f.Name}"))) continue;

            var session = new Session(this, page, door, open);
            var typed = form.Fields.Where(f => f.IsText).ToDictionary(f => f.Field, f => texts.For(FieldList.NameOf(door, f.Name)));
            if (typed.Count > 0) await session.Send(typed);
            foreach (var field in form.Fields.Where(f => !f.IsText)) await session.Send([], new(field.Field, texts.For(FieldList.NameOf(door, field.Name))));
            await session.SendToBeTaken(form.Fields.Where(f => f.IsText && !f.Name.EndsWith('*') && !Wanted.ContainsKey(f.Field) && !LookUps.Contains(f.Field)));
            await open();
        }
    }

    /// <summary>Opens the page with each part of its address hostile in turn.</summary>
    public async Task Ask(IPage page, string path)
    {
        var (parts, query) = doors.Parameters(path);
        var door = doors.NameOf("GET", path)!;
        list.Add(door, parts.Select(p => $"{{{p}}}").Concat(query.Select(q => "?" + q)));
        string Hostile(string what) => texts.For(FieldList.NameOf(door, what));
        var addresses = parts.Select(p => doors.With(path, p, Hostile(p)))
            .Concat(query.Select(q => $"{path}?{q}={Uri.EscapeDataString(Hostile(q))}"))
            .Append($"{path}?lang={Uri.EscapeDataString(Hostile("lang"))}&type={Uri.EscapeDataString(Hostile("type"))}&other={Uri.EscapeDataString(Hostile("other"))}");
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await Look(page, isAnswer: true);
        }
    }

    /// <summary>Sends a form as it stands on the page, with these values.</summary>
    public async Task<Sight> Submit(IPage page, SeenForm form, IReadOnlyDictionary<string, string> typed, KeyValuePair<string, string>? replaced = null)
    {
        Sent++;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IPage where) => arrived.TrySetResult();
        page.Load += Arrive;
        try
        {
            await page.EvaluateAsync(PageScripts.Send, new object?[] { form.Index, typed, replaced is { } field ? new { name = field.Key, value = field.Value } : null, Chosen });
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            page.Load -= Arrive;
        }

        return await Look(page, isAnswer: true);
    }

    private string NameOf(SeenForm form) => $"{doors.NameOf(form.Method, form.Path) ?? $"{form.Method} {form.Path}"} {form.Does}".TrimEnd();

    private static string NameOf(SeenForm form, SeenField field) => form.Method == "GET" ? "?" + field.Name : field.Name;

    /// <summary>One form, sent again and again.</summary>
    private sealed class Session(Attack attack, IPage page, string door, Func<Task> open)
    {
        /// <summary>Null where the page has to be opened anew.</summary>
        private Sight? _page;

        public async Task<int> Send(Dictionary<string, string> typed, KeyValuePair<string, string>? replaced = null)
        {
            if (await Form() is not { } form) return 0;
            _page = await attack.Submit(page, form, typed, replaced);

            // A page that repeats nothing of what was sent is as good as new.
            var status = _page.Status;
            if (_page.Texts.Count > 0) _page = null;
            return status;
        }

        /// <summary>With the longest texts that are taken.</summary>
        public async Task SendToBeTaken(IEnumerable<SeenField> free)
        {
            var fields = free.ToList();
            for (var size = 0; fields.Count > 0 && size < HostileTexts.Sizes; size++)
            {
                var typed = fields.ToDictionary(f => f.Field, f => attack.Free(door, f, size));
                foreach (var (name, value) in Wanted) typed.TryAdd(name, value);
                if (await Send(typed) < 400) return;
            }
        }

        private async Task<SeenForm?> Form()
        {
            if (_page?.Forms.FirstOrDefault(f => attack.NameOf(f) == door) is { } there) return there;
            await open();
            return (await attack.Look(page)).Forms.FirstOrDefault(f => attack.NameOf(f) == door);
        }
    }

    private string Free(string door, SeenField field, int size) => texts.For(FieldList.NameOf(door, field.Name), size);
}

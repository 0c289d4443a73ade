namespace Feedback.Tests.Web.Injection;

/// <summary>What the tests ask a page in the browser.</summary>
internal static class PageScripts
{
    /// <summary>
    /// Elements and attributes that no page of the product has. Its scripts, styles and pictures are files of its own, its addresses are
    /// paths, and nothing is handled or styled by an attribute.
    /// </summary>
    private const string Foreign =
        """
        () => [...document.querySelectorAll('*')].filter(e =>
          ['q-hit', 'iframe', 'object', 'embed', 'base', 'style', 'applet', 'frame'].includes(e.localName)
          || (e.localName === 'script' && !(/^\/[a-z]+\.js$/.test(e.getAttribute('src')) && e.textContent === ''))
          || (e.localName === 'meta' && e.httpEquiv && !(e.httpEquiv === 'refresh' && /^\d+$/.test(e.content)))
          || [...e.attributes].some(a => /^on|^style$|^srcdoc$/i.test(a.name) || (/^(href|src|action|formaction|data|xlink:href|poster)$/i.test(a.name) && !/^(\/(?!\/)|#|tel:[\d+ -]*$|$)/.test(a.value)))
        ).map(e => e.outerHTML.slice(0, 300))
        """;

    /// <summary>All that a reader, or an attribute, has there.</summary>
    private const string Texts =
        """
        () => [document.documentElement.textContent, ...[...document.querySelectorAll('input, textarea')].map(e => e.value), ...[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.value))].filter(t => /q\d+z/.test(t))
        """;

    /// <summary>The status that the page came with.</summary>
    private const string Status = "() => performance.getEntriesByType('navigation')[0].responseStatus";

    /// <summary>Where one can go from here: links, and forms that only ask.</summary>
    private const string Links =
        """
        () => [
          ...[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search),
          ...[...document.forms].filter(f => f.method === 'get').map(f => new URL(f.action).pathname + '?' + new URLSearchParams(new FormData(f))),
        ].filter(a => !a.startsWith('/api/'))
        """;

    /// <summary>
    /// The forms with their fields. What tells two forms of one address apart is the command that they give. Names of one pattern
    /// (<c>copies:SI-03:…</c>) count as one. The switches of language and type repeat what was sent and are read with the page.
    /// </summary>
    private const string Forms =
        """
        () => [...document.forms].map((form, index) => ({ form, index })).filter(({ form }) => ['get', 'post'].includes(form.getAttribute('method') ?? 'get') && form.className !== 'switches').map(({ form, index }) => {
          const kindOf = e => e.tagName === 'TEXTAREA' || (e.tagName === 'INPUT' && ['text', 'search', 'email', 'tel', 'url', 'password'].includes(e.type)) ? 'Text' : 'Value';
          const fields = [...form.elements].filter(e => e.name && e.tagName !== 'FIELDSET' && e.name !== '__RequestVerificationToken');
          const told = [...form.querySelectorAll('[name=command], [name=refused], [name=adds]')].map(e => e.name === 'command' ? e.value : e.name);
          const byName = new Map(fields.map(e => [e.name.replace(/[:.].*/, '*'), { name: e.name.replace(/[:.].*/, '*'), field: e.name, isText: kindOf(e) === 'Text' }]));
          return { index, method: form.method.toUpperCase(), path: new URL(form.getAttribute('action') || location.pathname, location.href).pathname, does: told.join('|'), fields: [...byName.values()] };
        })
        """;

    /// <summary>All of it at once.</summary>
    public const string Look = $"() => ({{ foreign: ({Foreign})(), texts: ({Texts})(), status: ({Status})(), links: ({Links})(), forms: ({Forms})() }})";

    /// <summary>
    /// Fills a form as asked and sends it without the browser's own checks. Fields of text are typed into; what is chosen, hidden or a
    /// button's is replaced. All else that must be chosen is chosen.
    /// </summary>
    public const string Send =
        """
        ([index, typed, replaced, chosen]) => {
          const form = document.forms[index];
          const add = (name, value) => form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
          const buttons = [...form.querySelectorAll('button[name]')].filter(b => b.name);
          const radios = {};
          for (const e of [...form.elements]) {
            if (!e.name || e.tagName === 'FIELDSET' || e.tagName === 'BUTTON') continue;
            if (replaced && e.name === replaced.name) e.disabled = true;
            else if (e.name in typed) {
              e.value = typed[e.name];
              e.dispatchEvent(new Event('input', { bubbles: true }));
            } else if (e.tagName === 'SELECT' && !e.value) e.value = [...e.options].map(o => o.value).filter(v => v).at(-1) ?? '';
            else if (e.type === 'radio' && (!radios[e.name] || chosen.includes(e.value))) radios[e.name] = e;
            else if (e.type === 'checkbox' && e.name === 'missing') e.checked = true;
          }
          for (const radio of Object.values(radios)) radio.checked = true;
          if (replaced) add(replaced.name, replaced.value);
          if (buttons.length > 0 && buttons.at(-1).name !== replaced?.name) add(buttons.at(-1).name, buttons.at(-1).value);
          setTimeout(() => HTMLFormElement.prototype.submit.call(form));
        }
        """;
}

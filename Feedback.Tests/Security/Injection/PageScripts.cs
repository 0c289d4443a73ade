namespace Feedback.Tests.Security.Injection;

/// <summary>What the tests ask a page in the browser. A page can be asked of another, which it fetches and parses without showing it.</summary>
internal static class PageScripts
{
    /// <summary>The page that is shown.</summary>
    public const string OpenPage = $"() => ({Read})(document, location.href, performance.getEntriesByType('navigation')[0].responseStatus)";

    /// <summary>The page of another address.</summary>
    public const string FetchedPage = $"async address => ({Parse})(await fetch(address))";

    /// <summary>Fills a form as asked and sends it without the browser's own checks; the page that answers takes this one's place.</summary>
    public const string Send =
        $$"""
        ([index, typed, replaced, chosen]) => {
          const form = document.forms[index];
          ({{Fill}})(form, typed, replaced, chosen);
          setTimeout(() => HTMLFormElement.prototype.submit.call(form));
        }
        """;

    /// <summary>Sends what the form would send, and reads the answer without showing it; this page stays as it is.</summary>
    public const string Post =
        $$"""
        async ([index, typed, replaced, chosen]) => {
          const form = document.forms[index].cloneNode(true);
          ({{Fill}})(form, typed, replaced, chosen);
          const fields = new URLSearchParams(new FormData(form));
          const address = form.getAttribute('action') || location.href;
          return ({{Parse}})(form.method === 'post' ? await fetch(address, { method: 'post', body: fields }) : await fetch(address + '?' + fields));
        }
        """;

    private const string Parse = $"async answer => ({Read})(new DOMParser().parseFromString(await answer.text(), 'text/html'), answer.url, answer.status)";

    /// <summary>
    /// Elements and attributes that no page of the product has (its scripts, styles and pictures are files of its own, its addresses are
    /// paths, and nothing is handled or styled by an attribute); texts that bear a mark; where one can go; the forms with their fields.
    /// What tells two forms of one address apart is the command that they give. Names of one pattern (<c>copies:SI-03:…</c>) count as
    /// one. The switches of language and type repeat what was sent and are read with the page.
    /// </summary>
    private const string Read =
        """
        (document, href, status) => {
          const here = new URL(href);
          const all = [...document.querySelectorAll('*')];
          const foreign = all.filter(e =>
            ['q-hit', 'iframe', 'object', 'embed', 'base', 'style', 'applet', 'frame'].includes(e.localName)
            || (e.localName === 'script' && !(/^\/[a-z]+\.js$/.test(e.getAttribute('src')) && e.textContent === ''))
            || (e.localName === 'meta' && e.httpEquiv && !(e.httpEquiv === 'refresh' && /^\d+$/.test(e.content)))
            || [...e.attributes].some(a => /^on|^style$|^srcdoc$/i.test(a.name) || (/^(href|src|action|formaction|data|xlink:href|poster)$/i.test(a.name) && !/^(\/(?!\/)|#|tel:[\d+ -]*$|$)/.test(a.value))));
          const texts = [document.documentElement.textContent, ...[...document.querySelectorAll('input, textarea')].map(e => e.value), ...all.flatMap(e => [...e.attributes].map(a => a.value))];
          const forms = [...document.forms];
          const fieldsOf = form => [...form.elements].filter(e => e.name && e.tagName !== 'FIELDSET' && e.name !== '__RequestVerificationToken').map(e => ({
            name: e.name.replace(/[:.].*/, '*'), field: e.name, isText: e.tagName === 'TEXTAREA' || (e.tagName === 'INPUT' && ['text', 'search', 'email', 'tel', 'url', 'password', 'file'].includes(e.type)) }));
          return {
            path: here.pathname,
            status,
            foreign: foreign.map(e => e.outerHTML.slice(0, 300)),
            texts: texts.filter(t => /q-\d+-z/i.test(t)),
            links: [
              ...[...document.querySelectorAll('a[href]:not([download])')].map(a => new URL(a.getAttribute('href'), here)).filter(a => a.origin === here.origin).map(a => a.pathname + a.search),
              ...forms.filter(f => f.method === 'get').map(f => (f.getAttribute('action') ?? here.pathname) + '?' + new URLSearchParams(new FormData(f))),
            ].filter(a => !a.startsWith('/api/')),
            forms: forms.map((form, index) => ({
              index,
              method: form.method.toUpperCase(),
              path: new URL(form.getAttribute('action') || here.pathname, here).pathname,
              does: [...new Set([...form.querySelectorAll('[name=command], [name=refused], [name=adds], [name=answers]')].map(e => e.name === 'command' ? e.value : e.name))].join('|'),
              fields: [...new Map(fieldsOf(form).map(f => [f.name, f])).values()],
              isSwitch: form.className === 'switches' })).filter(f => !f.isSwitch && f.method !== 'DIALOG'),
          };
        }
        """;

    /// <summary>
    /// Fields of text are typed into; what is chosen, hidden or a button's is replaced. All else that must be chosen is chosen, and the
    /// last button is pressed. A file bears the text as its name and its content.
    /// </summary>
    private const string Fill =
        """
        (form, typed, replaced, chosen) => {
          const add = (name, value) => form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
          const button = [...form.querySelectorAll('button[name]')].filter(b => b.name).at(-1);
          const radios = {};
          for (const e of [...form.elements]) {
            if (!e.name || e.tagName === 'FIELDSET' || e.tagName === 'BUTTON') continue;
            if (replaced && e.name === replaced.name) e.disabled = true;
            else if (e.type === 'file') {
              const files = new DataTransfer();
              if (typed[e.name]) files.items.add(new File([typed[e.name]], typed[e.name] + '.jpg', { type: 'image/jpeg' }));
              e.files = files.files;
            } else if (e.name in typed) {
              e.value = typed[e.name];
              e.dispatchEvent(new Event('input', { bubbles: true }));
            } else if (e.tagName === 'SELECT' && !e.value) e.value = [...e.options].map(o => o.value).filter(v => v).at(-1) ?? '';
            else if (e.type === 'radio' && (!radios[e.name] || chosen.includes(e.value))) radios[e.name] = e;
            else if (e.type === 'checkbox' && e.name === 'missing') e.checked = true;
          }
          for (const radio of Object.values(radios)) radio.checked = true;
          if (replaced) add(replaced.name, replaced.value);
          if (button && button.name !== replaced?.name) add(button.name, button.value);
        }
        """;
}

// Makes the console nicer: lists that update by themselves, keys, a question before what cannot be undone.
// Every page works without it.
"use strict";
(() => {
  const every = 5000;
  const stale = document.getElementById("stale");
  const ask = document.getElementById("confirm");
  const rowLinks = () => [...document.querySelectorAll(".row a")];
  const typing = () => document.activeElement?.matches("input, textarea, select") ?? false;

  for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;

  // The same address again; only the parts that are marked live are exchanged, so that nothing that is being typed is touched.
  async function refresh() {
    if (document.hidden || ask.open) return;
    try {
      const answer = await fetch(location.href, { redirect: "manual" });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const other = fresh.getElementById(part.id);
        if (other && other.innerHTML !== part.innerHTML) exchange(part, other);
      }
      stale.hidden = true;
    } catch {
      // Signed out or unreachable: what is on the screen may be old, and says so.
      stale.hidden = false;
    }
  }

  function exchange(part, other) {
    const find = (href) => [...part.querySelectorAll("a")].find((a) => a.getAttribute("href") === href);
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const seen = [...part.querySelectorAll(".row a")].find((a) => a.getBoundingClientRect().top >= 0);
    const top = seen?.getBoundingClientRect().top;
    part.replaceChildren(...other.childNodes);
    find(focused)?.focus({ preventScroll: true });
    const again = seen && find(seen.getAttribute("href"));
    if (again && window.scrollY > 0) window.scrollBy(0, again.getBoundingClientRect().top - top);
  }

  if (stale && document.querySelector("[data-live]")) {
    setInterval(refresh, every);
    document.addEventListener("visibilitychange", refresh);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing() || ask?.open) return;
    if (event.key === "/") {
      const search = document.getElementById("number");
      if (!search) return;
      event.preventDefault();
      search.focus();
    } else if (event.key === "j" || event.key === "k") {
      const links = rowLinks();
      const at = links.indexOf(document.activeElement);
      const next = links[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
      next?.focus();
      next?.closest(".row").scrollIntoView({ block: "nearest" });
    }
  });

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("[data-confirm]") || form.dataset.confirm === "yes") return;
    event.preventDefault();
    ask.querySelector("p").textContent = form.querySelector(".consequence").textContent;
    ask.querySelector("[value=yes]").textContent = submitter.textContent;
    ask.returnValue = "no";
    ask.addEventListener("close", () => {
      if (ask.returnValue !== "yes") return;
      form.dataset.confirm = "yes";
      // With its button: where there are two, it says which answer was given.
      form.requestSubmit(submitter);
      form.dataset.confirm = "";
    }, { once: true });
    ask.showModal();
  });
})();

// The search field and the page with results: what a reader types -> a list of results. The finding itself is search-core.js; words come from
// the index. Below the field results are links in a list that the arrow keys walk through; a live region tells how many there are.
"use strict";
{
  const form = document.querySelector("form[data-search]");
  const input = form.elements.q;
  const folder = new URL(form.dataset.search, location.href).href;
  const root = new URL("../../../", folder).href;
  const memory = "hjelp-searches " + form.dataset.search.replace(/^(\.\.?\/)+/, "");
  const STEP = 8;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const recall = () => {
    try {
      const found = JSON.parse(localStorage.getItem(memory) ?? "[]");
      return Array.isArray(found) ? found.filter((query) => typeof query === "string").slice(0, 5) : [];
    } catch {
      return [];
    }
  };
  const remember = (queries) => {
    try {
      localStorage.setItem(memory, JSON.stringify(queries));
    } catch {
      // Storage can be forbidden; then nothing is remembered.
    }
  };
  const keep = () => {
    const query = input.value.trim();
    if (query) remember([query, ...recall().filter((other) => other !== query)].slice(0, 5));
  };

  let engine;
  const start = () => (engine ??= hjelpSearch.open(hjelpSearch.loader(folder)).catch((error) => {
    engine = undefined;
    throw error;
  }));

  const fill = (text, values) => text.replace(/\{(count|query)\}/g, (_, name) => values[name]);
  const marked = (pieces) => pieces.map(([text, mark]) => (mark ? element("mark", {}, text) : text));
  const resultsPage = (query) => form.action.replace(/[?#].*/, "") + "?q=" + encodeURIComponent(query);

  // Browsers mark these words on the page that a result leads to, and scroll there; others go to the section.
  const address = (url, quote) => {
    if (!quote) return root + url;
    return root + url + (url.includes("#") ? "" : "#") + ":~:text=" + encodeURIComponent(quote).replaceAll("-", "%2D");
  };

  const item = ({ url, quote, title, heading, text, others, lang, way }) => {
    const link = element("a", { href: address(url, quote) });
    if (lang) link.hreflang = link.lang = lang;
    if (way) link.append(element("span", { className: "search-way" }, way));
    link.append(element("strong", {}, ...marked(title)));
    if (heading.length) link.append(element("span", { className: "search-heading" }, ...marked(heading)));
    if (text.length) link.append(element("span", { className: "search-text" }, ...marked(text)));
    const made = element("li", {}, link);
    if (others.length) {
      const sections = others.map((other) => element("li", {}, element("a", { href: root + other.url, lang }, ...marked(other.heading))));
      made.append(element("ul", { className: "search-sections" }, ...sections));
    }
    return made;
  };

  // A list of results, and what is said about it. `reveal` shows or hides all of it.
  const view = (panel, reveal) => {
    const status = element("p", { className: "search-status" });
    const heard = element("p", { className: "visually-hidden", role: "status" });
    const areas = element("p", { className: "search-areas", role: "group", hidden: true });
    const list = element("ol", { className: "search-results" });
    const foot = element("div", { className: "search-foot" });
    panel.append(status, areas, list, foot);
    const isPage = !reveal;

    const say = (text, spoken = text) => {
      status.replaceChildren(text);
      clearTimeout(say.timer);
      // Said only when the typing pauses.
      say.timer = setTimeout(() => (heard.textContent = spoken), 700);
    };

    const everything = () => element("a", { href: form.dataset.pages }, form.dataset.all);
    const instead = (query, text) => element("button", { type: "button", onclick: () => ((input.value = query), input.focus(), input.dispatchEvent(new Event("input"))) }, text);

    let asked = 0;
    const ask = async (query) => {
      const own = ++asked;
      const isOld = () => own !== asked;
      // On a slow line the first answer takes its time; an empty panel would look broken.
      const waiting = setTimeout(() => {
        if (isOld()) return;
        list.replaceChildren();
        foot.replaceChildren();
        status.replaceChildren(form.dataset.waiting);
        reveal?.(true);
      }, 150);
      try {
        const search = await start();
        const answer = await search.search(query);
        if (isOld()) return;
        await show(search, answer, query, isOld);
        if (isOld()) return;
        form.dataset.answered = query;
      } catch {
        if (isOld()) return;
        list.replaceChildren();
        foot.replaceChildren(everything());
        say(form.dataset.failed);
      } finally {
        clearTimeout(waiting);
      }
      reveal?.(true);
    };

    const show = async (search, answer, query, isOld) => {
      const words = search.say;
      let shown = 0, results = answer.results;
      const more = async () => {
        const next = results.slice(shown, shown + STEP);
        const items = (await search.show(answer, next)).map(item);
        if (isOld()) return;
        if (!shown) list.replaceChildren();
        list.append(...items);
        if (shown) items[0]?.querySelector("a").focus();
        shown += next.length;
        const button = element("button", { type: "button", onclick: more }, words["search-more"]);
        const all = element("a", { href: resultsPage(query), onclick: keep }, words["search-results"]);
        foot.replaceChildren(...(shown < results.length ? [button] : []), ...(results.length && !isPage ? [all] : []), everything());
      };
      await more();
      if (isOld()) return;
      const values = { count: results.length, query: answer.instead || query.trim() };
      const count = fill(words["search-count"], values);
      if (!results.length) say(fill(words["search-none"], values) + " " + words["search-try"]);
      else if (answer.instead && !answer.exact) say(fill(words["search-similar"], values), fill(words["search-similar"], values) + " " + count);
      else say(count, count + ". " + words["search-keys"]);
      if (answer.instead && answer.exact) status.append(" ", instead(answer.instead, fill(words["search-meant"], values)));
      if (isPage) choose();

      // Buttons that narrow the results to a part of the site.
      function choose() {
        const counts = new Map();
        for (const { area } of answer.results) if (area) counts.set(area, (counts.get(area) ?? 0) + 1);
        areas.hidden = counts.size < 2;
        areas.ariaLabel = words["search-areas"];
        const chips = [["", words["search-everywhere"], answer.results.length], ...[...counts].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([area, many]) => [area, area, many])];
        areas.replaceChildren(...chips.map(([area, text, many]) => {
          const chip = element("button", { type: "button", ariaPressed: String(!area) }, text + " (" + many + ")");
          chip.onclick = () => {
            for (const other of areas.children) other.ariaPressed = String(other === chip);
            [results, shown] = [area ? answer.results.filter((result) => result.area === area) : answer.results, 0];
            more();
          };
          return chip;
        }));
      }
    };

    // What this reader looked for before.
    const recent = async () => {
      const own = ++asked;
      const queries = recall();
      if (!queries.length) return reveal(false);
      let words;
      try {
        words = (await start()).say;
      } catch {
        return;
      }
      if (own !== asked) return;
      list.replaceChildren(...queries.map((query) => element("li", {}, instead(query, query))));
      const clear = element("button", { type: "button", onclick: () => (remember([]), input.focus(), reveal(false)) }, words["search-clear"]);
      foot.replaceChildren(clear, everything());
      say(words["search-recent"]);
      reveal(true);
    };

    list.addEventListener("click", (event) => event.target.closest("a") && keep());
    return { ask, recent, list, heard };
  };

  const panel = element("div", { className: "search-panel", id: "hjelp-search-panel", role: "dialog", ariaLabel: form.querySelector("label").textContent, hidden: true });
  const reveal = (shown) => {
    panel.hidden = !shown;
    input.ariaExpanded = String(shown);
  };
  const below = view(panel, reveal);
  form.append(panel, below.heard);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-haspopup", "dialog");
  input.setAttribute("aria-controls", panel.id);
  input.ariaExpanded = "false";

  const place = document.getElementById("hjelp-search-results");
  const page = place && view(place);
  if (page) place.append(page.heard);

  const ask = () => {
    const query = input.value;
    if (page) {
      const url = new URL(location.href);
      url.searchParams.set("q", query);
      // Each letter would be a step back; pages opened from disk may refuse.
      try {
        history.replaceState(history.state, "", url);
      } catch {}
      if (query.trim()) return page.ask(query);
    }
    return query.trim() ? below.ask(query) : below.recent();
  };

  const stops = () => [input, ...(page ? place : panel).querySelectorAll("a, button")].filter((stop) => !stop.hidden);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      input.focus();
      reveal(false);
    } else walk(event);
  });
  place?.addEventListener("keydown", walk);
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    if (panel.hidden && !page) return void ask();
    const all = stops();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    keep();
    if (form.dataset.answered !== input.value) await ask();
    if (!page) below.list.querySelector("a")?.click();
  });
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => panel.hidden && !page && ask());
  // The dialog on a phone is left with its button or with *Back*: a press beside the keyboard takes the focus, too.
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || form.classList.contains("open") || reveal(false));
  // A press on the panel must not take the focus away from it before the click arrives.
  panel.addEventListener("mousedown", (event) => event.target.closest("a, button") || event.preventDefault());

  const given = new URLSearchParams(location.search).get("q");
  if (given && (page || document.body.classList.contains("kind-a-z"))) {
    input.value = given;
    if (page) ask();
    else input.focus();
  }
  if (document.activeElement === input && !page) ask();
  start().catch(() => {});
}

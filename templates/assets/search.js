// The search field: what a reader types -> a list of results below it. The finding itself is search-core.js; words come from the index.
// Results are links in a list. The arrow keys walk through them, a live region tells how many there are.
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

  const panel = element("div", { className: "search-panel", id: "hjelp-search-panel", hidden: true });
  const status = element("p", { className: "search-status" });
  const heard = element("p", { className: "visually-hidden", role: "status" });
  const list = element("ol", { className: "search-results" });
  const foot = element("div", { className: "search-foot" });
  panel.append(status, list, foot);
  form.append(panel, heard);
  input.setAttribute("aria-controls", panel.id);

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

  const reveal = (shown) => {
    panel.hidden = !shown;
  };

  const say = (text, spoken = text) => {
    status.textContent = text;
    clearTimeout(say.timer);
    // Said only when the typing pauses.
    say.timer = setTimeout(() => (heard.textContent = spoken), 700);
  };

  const fill = (text, values) => text.replace(/\{(count|query)\}/g, (_, name) => values[name]);
  const marked = (pieces) => pieces.map(([text, mark]) => (mark ? element("mark", {}, text) : text));

  const item = ({ url, title, heading, text, lang, way }) => {
    const link = element("a", { href: root + url });
    if (lang) link.hreflang = link.lang = lang;
    if (way) link.append(element("span", { className: "search-way" }, way));
    link.append(element("strong", {}, ...marked(title)));
    if (heading.length) link.append(element("span", { className: "search-heading" }, ...marked(heading)));
    if (text.length) link.append(element("span", { className: "search-text" }, ...marked(text)));
    return element("li", {}, link);
  };

  const everything = () => element("a", { href: form.action }, form.dataset.all);

  let asked = 0;
  const ask = async () => {
    const query = input.value;
    const own = ++asked;
    const isOld = () => own !== asked;
    if (!query.trim()) return recent();
    let search, answer;
    try {
      search = await start();
      answer = await search.search(query);
      if (isOld()) return;
      const words = search.say;
      let shown = 0;
      const more = async () => {
        const next = answer.results.slice(shown, shown + STEP);
        const items = (await search.show(answer, next)).map(item);
        if (isOld()) return;
        if (!shown) list.replaceChildren();
        list.append(...items);
        if (shown) items[0]?.querySelector("a").focus();
        shown += next.length;
        const button = element("button", { type: "button", onclick: more }, words["search-more"]);
        foot.replaceChildren(...(shown < answer.results.length ? [button] : []), everything());
      };
      await more();
      if (isOld()) return;
      const values = { count: answer.results.length, query: answer.instead || query.trim() };
      const count = fill(words["search-count"], values);
      if (!answer.results.length) say(fill(words["search-none"], values));
      else if (answer.instead) say(fill(words["search-similar"], values), fill(words["search-similar"], values) + " " + count);
      else say(count, count + ". " + words["search-keys"]);
      form.dataset.answered = query;
    } catch {
      if (isOld()) return;
      list.replaceChildren();
      foot.replaceChildren(everything());
      say(form.dataset.failed);
    }
    reveal(true);
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
    const button = (query) =>
      element("li", {}, element("button", { type: "button", onclick: () => ((input.value = query), input.focus(), ask()) }, query));
    list.replaceChildren(...queries.map(button));
    const clear = element("button", { type: "button", onclick: () => (remember([]), input.focus(), reveal(false)) }, words["search-clear"]);
    foot.replaceChildren(clear, everything());
    say(words["search-recent"]);
    reveal(true);
  };

  const stops = () => [input, ...panel.querySelectorAll("a, button")];
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      input.focus();
      reveal(false);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    if (panel.hidden) return void ask();
    const all = stops();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    keep();
    if (form.dataset.answered !== input.value) await ask();
    list.querySelector("a")?.click();
  });
  list.addEventListener("click", (event) => event.target.closest("a") && keep());
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => panel.hidden && ask());
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || reveal(false));
  // A press on the panel must not take the focus away from it before the click arrives.
  panel.addEventListener("mousedown", (event) => event.target.closest("a, button") || event.preventDefault());

  const given = new URLSearchParams(location.search).get("q");
  if (given && document.body.classList.contains("kind-a-z")) {
    input.value = given;
    input.focus();
  }
  if (document.activeElement === input) ask();
  start().catch(() => {});
}

// The writer's side of the preview: follows the latest version, shows what is wrong, and leads to where it was typed. Words come from the
// server, in the language of the page.
"use strict";
{
  const known = () => JSON.parse(document.getElementById("hjelp-preview-about").textContent);
  let about = known();
  const { words } = about;
  hjelpMorph.begin();

  const ask = async (path, options = {}) => {
    const answer = await fetch(path, { cache: "no-cache", ...options, headers: { "x-hjelp-token": about.token } });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  const make = (tag, properties = {}, ...content) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...content);
    return element;
  };

  // Following.

  const reload = () => location.reload();

  const flash = (elements) => {
    const blocks = new Set(elements.map((element) => element.closest("[data-hjelp-at]")).filter(Boolean));
    for (const block of blocks) {
      if ([...blocks].some((other) => other !== block && block.contains(other))) continue;
      block.classList.remove("hjelp-preview-changed");
      void block.offsetWidth;
      block.classList.add("hjelp-preview-changed");
      setTimeout(() => block.classList.remove("hjelp-preview-changed"), 1500);
    }
  };

  const listed = (from, selector, name) => [...from.head.querySelectorAll(selector)].map((element) => element.getAttribute(name)).join("\n");

  // Files of the page by their address, and what the server calls their state.
  const states = new Map();
  const hasChanged = async (address) => {
    const answer = await fetch(address, { method: "HEAD", cache: "no-cache" });
    const state = answer.headers.get("etag") ?? answer.headers.get("last-modified");
    const before = states.get(address);
    states.set(address, state);
    return before !== undefined && before !== state;
  };
  const isOwn = (address) => new URL(address, location.href).origin === location.origin;
  const bare = (address) => address.replace(/[?&]hjelp=\d+$/, "");

  const renewFiles = async () => {
    const renew = async (element, name) => {
      if (!element[name] || !isOwn(element[name]) || !(await hasChanged(bare(element[name])))) return;
      const address = `${bare(element[name])}?hjelp=${Date.now()}`;
      if (element.localName !== "link") return void (element[name] = address);
      // The old style stays until the new one is there: the page is never without.
      const next = element.cloneNode();
      next.href = address;
      next.addEventListener("load", () => element.remove());
      element.after(next);
    };
    const scripts = [...document.querySelectorAll("script[src]")].filter((script) => isOwn(script.src));
    const stale = await Promise.all(scripts.map((script) => hasChanged(script.src)));
    if (stale.includes(true)) return reload();
    await Promise.all([
      ...[...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => renew(link, "href")),
      ...[...document.querySelectorAll("img[src], video[src], source[src]")].map((image) => renew(image, "src")),
    ]);
  };

  const renewPage = async () => {
    const answer = await fetch(location.href, { cache: "no-cache" });
    // What can't be rendered is in the list of problems; the last good page stays.
    if (answer.status === 500) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (listed(next, "script[src]", "src") !== pristine.scripts) return reload();
    if (listed(next, 'link[rel="stylesheet"]', "href") !== pristine.styles) return reload();
    try {
      const changed = hjelpMorph.apply(next);
      document.title = next.title;
      about = known();
      flash(changed.filter((element) => element.closest("main")));
    } catch (error) {
      console.info(`hjelp: the page is reloaded: ${error.message}`);
      reload();
    }
  };
  const pristine = { scripts: listed(document, "script[src]", "src"), styles: listed(document, 'link[rel="stylesheet"]', "href") };

  let shownVersion = about.version;
  let seen = { run: about.run, problems: -1, files: 0 };
  const follow = async (signal) => {
    if (signal.run !== seen.run || signal.version !== shownVersion) {
      shownVersion = signal.version;
      await renewPage();
      await renewFiles();
    } else if (signal.files !== seen.files) await renewFiles();
    if (signal.run !== seen.run || signal.problems !== seen.problems || signal.version !== seen.version) await renewProblems();
    seen = signal;
    document.documentElement.dataset.hjelpVersion = signal.version;
  };

  // One thing after the other: news that come meanwhile wait.
  let turn = Promise.resolve();
  let stream;
  const listen = () => {
    stream = new EventSource("/_hjelp/events");
    stream.onmessage = (event) => {
      turn = turn.then(() => follow(JSON.parse(event.data))).catch((error) => console.info(`hjelp: ${error.message}`));
    };
    stream.onopen = () => host.removeAttribute("data-lost");
    stream.onerror = () => {
      host.setAttribute("data-lost", "");
      // Some browsers give up when the program is gone for a while.
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 500);
    };
  };
  // A browser opens six connections to one host at most: hidden pages leave theirs to others.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stream?.close();
    else if (stream.readyState === EventSource.CLOSED) listen();
  });

  // What is wrong.

  const host = document.createElement("hjelp-preview");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.append(make("link", { rel: "stylesheet", href: "/_hjelp/overlay.css" }));
  const badge = make("button", { className: "badge", type: "button", title: words.badge });
  badge.setAttribute("aria-expanded", "false");
  const panel = make("section", { className: "panel", hidden: true });
  panel.setAttribute("aria-label", words.title);
  const markers = make("div", { className: "markers" });
  const tip = make("div", { className: "tip", hidden: true });
  shadow.append(badge, panel, markers, tip);
  document.documentElement.append(host);

  let problems = [];
  const show = (isOpen) => {
    panel.hidden = !isOpen;
    badge.setAttribute("aria-expanded", String(isOpen));
  };
  badge.addEventListener("click", () => show(panel.hidden));
  shadow.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    badge.focus();
  });

  // The block that contains a line: the last that begins no later. Blocks of one file are in order.
  const blockOf = ({ path, line }) => {
    let found = null;
    for (const element of document.querySelectorAll(`[data-hjelp-at^="${CSS.escape(path)}:"]`)) {
      const begins = Number(element.dataset.hjelpAt.slice(path.length + 1));
      if (begins <= line && (!found || begins >= Number(found.dataset.hjelpAt.slice(path.length + 1)))) found = element;
    }
    // A link is within a block: next to that there is room.
    while (found?.parentElement && getComputedStyle(found).display.startsWith("inline")) found = found.parentElement;
    return found;
  };

  const place = () => {
    for (const marker of markers.children) {
      const box = marker.block.getBoundingClientRect();
      marker.hidden = !box.width;
      const left = getComputedStyle(marker.block).direction === "rtl" ? box.right + 4 : box.left - 24;
      marker.style.translate = `${Math.max(left, 0) + scrollX}px ${box.top + scrollY}px`;
    }
  };
  new ResizeObserver(place).observe(document.body);
  document.addEventListener("toggle", place, true);
  document.addEventListener("click", () => requestAnimationFrame(place));

  const mark = () => {
    for (const element of document.querySelectorAll("[data-hjelp-problem]")) delete element.dataset.hjelpProblem;
    markers.replaceChildren();
    const blocks = new Map();
    for (const problem of problems) {
      const block = blockOf(problem.place);
      if (block && !blocks.has(block)) blocks.set(block, problem);
    }
    for (const [block, problem] of blocks) {
      block.dataset.hjelpProblem = problem.level;
      const marker = make("button", { type: "button", className: `marker ${problem.level}`, title: problem.message, textContent: "!", block });
      marker.addEventListener("click", () => {
        show(true);
        shadow.getElementById(problem.id)?.scrollIntoView({ block: "nearest" });
        shadow.getElementById(problem.id)?.focus();
      });
      markers.append(marker);
    }
    place();
  };

  const entry = (problem) => {
    const item = make("li", { className: problem.level, id: problem.id, tabIndex: -1 });
    item.append(make("p", { className: "message" }, make("b", {}, problem.level), ` ${problem.message} `, make("code", {}, problem.code)));
    item.append(make("pre", { tabIndex: 0 }, problem.excerpt));
    if (problem.why) item.append(make("details", {}, make("summary", {}, words.why), make("p", {}, problem.about), make("p", {}, problem.why), make("p", {}, problem.help)));
    const row = make("p", { className: "row" });
    if (problem.fix) {
      const button = make("button", { type: "button", className: "fix" }, `${words.fix}: ${problem.fix}`);
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          await ask(`/_hjelp/fix?id=${problem.id}`, { method: "POST" });
        } catch (error) {
          button.disabled = false;
          row.append(make("span", { className: "failed", role: "alert" }, ` ${error.message}`));
        }
      });
      row.append(button);
    }
    row.append(make("a", { href: problem.open, className: "open" }, `${words.open} ${problem.place.path}:${problem.place.line}`));
    for (const step of problem.chain) row.append(make("span", {}, ` ← ${step}`));
    item.append(row);
    return item;
  };

  const list = (title, links) => {
    if (!links.length) return [];
    const items = links.map((link) => make("li", {}, make("a", { href: link.url, lang: link.lang ?? "" }, link.title), ...(link.note ? [` ${link.note}`] : [])));
    return [make("details", { open: links.length < 6 }, make("summary", {}, `${title} (${links.length})`), make("ul", { className: "plain" }, ...items))];
  };

  const renewProblems = async () => {
    const facts = await ask(`/_hjelp/about?page=${encodeURIComponent(location.pathname)}`);
    problems = facts.problems;
    const worst = facts.trouble.length ? "error" : (problems[0]?.level ?? "good");
    badge.className = `badge ${worst}`;
    badge.textContent = facts.ready ? `${problems.length} / ${facts.total}` : "…";
    badge.title = `${words.badge}: ${badge.textContent}`;
    const close = make("button", { type: "button", className: "close", ariaLabel: words.close }, "×");
    close.addEventListener("click", () => show(false));
    const parts = [close, make("h2", {}, words.title)];
    for (const text of facts.trouble) parts.push(make("pre", { className: "trouble", role: "alert" }, text));
    if (facts.ready) parts.push(make("p", {}, problems.length ? facts.count : words.none));
    if (problems.length) parts.push(make("ol", { className: "problems" }, ...problems.map(entry)));
    parts.push(make("h2", {}, words.touches));
    if (facts.open) parts.push(make("p", {}, make("a", { href: facts.open, className: "open" }, `${words.open} ${facts.source}`)));
    parts.push(...list(words.includes, facts.includes), ...list(words.users, facts.users), ...list(words.linked, facts.linked));
    const languages = facts.languages.filter((language) => !language.current);
    if (languages.length) parts.push(...list(words.beside, languages.map((language) => ({ ...language, url: language.side }))));
    parts.push(make("details", {}, make("summary", {}, words.keys), make("p", { className: "keys" }, words.keysList)));
    const open = [...panel.querySelectorAll("details")].map((box) => box.open);
    panel.replaceChildren(...parts);
    if (open.length === panel.querySelectorAll("details").length) panel.querySelectorAll("details").forEach((box, at) => (box.open = open[at]));
    languagesOfPage = facts.languages;
    openPage = facts.open;
    editor = facts.editor;
    mark();
  };
  let languagesOfPage = [];
  let openPage;
  let editor;

  // To where it was typed.

  const openBlock = (element) => {
    const [, path, line] = /^(.*):(\d+)$/.exec(element.dataset.hjelpAt);
    const address = editor.replace("{file}", path.split("/").map(encodeURIComponent).join("/")).replace("{line}", line).replace("{column}", "1");
    document.documentElement.dataset.hjelpOpened = address;
    make("a", { href: address }).click();
  };
  document.addEventListener(
    "click",
    (event) => {
      const block = event.altKey && event.target.closest?.("[data-hjelp-at]");
      if (!block || !editor) return;
      event.preventDefault();
      event.stopPropagation();
      openBlock(block);
    },
    true,
  );

  // Where a link leads.

  let hovered;
  document.addEventListener("pointerover", async (event) => {
    const link = event.target.closest?.("main a[href]");
    if (link === hovered) return;
    hovered = link;
    tip.hidden = true;
    if (!link || !isOwn(link.href) || !/^https?:$/.test(link.protocol)) return;
    const target = await ask(`/_hjelp/target?page=${encodeURIComponent(link.pathname)}&anchor=${encodeURIComponent(link.hash.slice(1))}`).catch(() => null);
    if (!target || hovered !== link) return;
    tip.replaceChildren(make("b", {}, target.title), ...target.facts.map((fact) => make("span", {}, ` · ${fact}`)));
    tip.className = target.found ? "tip" : "tip error";
    const box = link.getBoundingClientRect();
    tip.style.translate = `${Math.max(8, Math.min(box.left, innerWidth - 320)) + scrollX}px ${box.bottom + 6 + scrollY}px`;
    tip.hidden = false;
  });

  // Keys.

  let isPrint = false;
  const togglePrint = () => {
    isPrint = !isPrint;
    const visit = (rules) => {
      for (const rule of rules) {
        if (rule.media) {
          rule.hjelpMedia ??= rule.media.mediaText;
          const print = rule.hjelpMedia.replace(/\bscreen\b/g, "tty").replace(/\bprint\b/g, "all");
          rule.media.mediaText = isPrint ? print : rule.hjelpMedia;
        }
        if (rule.cssRules) visit(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) if (!sheet.href || isOwn(sheet.href)) visit(sheet.cssRules);
    document.documentElement.toggleAttribute("data-hjelp-print", isPrint);
  };
  const nextLanguage = () => {
    const at = languagesOfPage.findIndex((language) => language.current);
    const next = languagesOfPage[(at + 1) % languagesOfPage.length];
    if (next) location.href = next.url;
  };
  const toggleDark = () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  };
  const toggleWidth = () => {
    if (top !== window) return void (top.location.href = location.href);
    location.href = `/_hjelp/side?page=${encodeURIComponent(location.pathname)}&width=390`;
  };
  const keys = {
    o: () => show(panel.hidden),
    e: () => openPage && make("a", { href: openPage }).click(),
    l: nextLanguage,
    w: toggleWidth,
    d: toggleDark,
    p: togglePrint,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || "noShortcuts" in document.documentElement.dataset) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  renewFiles().finally(listen);
}

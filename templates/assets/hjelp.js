// Makes a finished page handier: colour scheme, menus, tabs, copy buttons, "on this page". Every page works without it, so each part below
// looks for its own markup and does nothing when that is missing. Words come from the page, never from here.
"use strict";
{
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage can be forbidden; the choice then lasts as long as the page.
    }
  };

  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  // The id in the address.
  const fragment = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  const chooseTheme = () => {
    const root = document.documentElement;
    for (const select of all("[data-theme-choice]")) {
      select.value = root.dataset.theme ?? "system";
      select.addEventListener("change", () => {
        if (select.value === "system") delete root.dataset.theme;
        else root.dataset.theme = select.value;
        remember("hjelp-theme", select.value);
      });
    }
  };

  // The drawer is a popover and needs no help to open. What is left: put it back when the window grows, and find the current page in it.
  const settleNavigation = () => {
    const navigation = document.getElementById("hjelp-navigation");
    if (!navigation) return;
    const reveal = () => {
      const current = navigation.querySelector("[aria-current]");
      if (!current) return;
      const offset = current.getBoundingClientRect().top - navigation.getBoundingClientRect().top;
      if (offset < 0 || offset > navigation.clientHeight * 0.8) navigation.scrollTop += offset - navigation.clientHeight / 3;
    };
    reveal();
    navigation.addEventListener("toggle", reveal);
    matchMedia("(min-width: 52rem)").addEventListener("change", () => navigation.hidePopover?.());
    const section = document.querySelector(".sections [aria-current]");
    if (section) {
      const row = section.closest("ul");
      const [place, frame] = [section.getBoundingClientRect(), row.getBoundingClientRect()];
      if (place.left < frame.left || place.right > frame.right) row.scrollLeft += place.left - frame.left - row.clientWidth / 3;
    }
  };

  // The search is fetched when somebody is about to use it.
  const awaitSearch = () => {
    const form = document.querySelector("form[data-search]");
    if (!form) return;
    const input = form.elements.q;
    const folder = new URL("../../", new URL(form.dataset.search, location.href));
    const fetchSearch = () => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("search.css", folder);
      const scripts = ["search-core.js", "search.js"].map((name) => {
        const script = document.createElement("script");
        script.src = new URL(name, folder);
        script.async = false;
        return script;
      });
      document.head.append(style, ...scripts);
    };
    // On a phone the search fills the screen, like a page: *Back* closes it.
    const isPhone = matchMedia("(max-width: 40rem)");
    const others = () => [...document.querySelectorAll("body > :not(header)")].filter((part) => !part.contains(form));
    const open = () => {
      const fills = isPhone.matches && !form.classList.contains("open");
      form.classList.add("open");
      if (fills) {
        others().forEach((part) => (part.inert = true));
        try {
          history.pushState({ hjelpSearch: true }, "");
        } catch {
          // Pages opened from disk may refuse; the button closes it.
        }
      }
      input.focus();
    };
    const close = () => {
      if (!form.classList.contains("open")) return;
      form.classList.remove("open");
      others().forEach((part) => (part.inert = false));
      input.blur();
    };
    const leave = () => (history.state?.hjelpSearch ? history.back() : close());
    addEventListener("popstate", close);
    form.querySelector(".search-close")?.addEventListener("click", leave);
    form.addEventListener("keydown", (event) => event.key === "Escape" && isPhone.matches && leave());
    // A link within the page closes it, too.
    form.addEventListener("click", (event) => event.target.closest("a") && isPhone.matches && close());
    input.addEventListener("focus", fetchSearch, { once: true });
    for (const link of all(".search-link, .open-search")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        open();
        if (input.value) input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    form.addEventListener("focusout", (event) => isPhone.matches || form.contains(event.relatedTarget) || close());
    document.addEventListener("keydown", (event) => {
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey;
      const isK = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.shiftKey;
      if (!(isSlash || isK) || event.altKey || event.isComposing) return;
      if ("noShortcuts" in document.documentElement.dataset) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      open();
    });
    // The page with results asks at once.
    if (document.body.classList.contains("kind-search")) fetchSearch();
    if (document.body.classList.contains("kind-a-z") && new URLSearchParams(location.search).has("q")) open();
  };

  // The whole contents of the language: a page has the branch it is in. Fetched when somebody is about to use it; from a disk it can't be.
  let contents = null;
  const fetchContents = (navigation) => {
    contents ??= (async () => {
      if (!navigation.dataset.contents) return null;
      try {
        const answer = await fetch(navigation.dataset.contents);
        return answer.ok ? await answer.json() : null;
      } catch {
        return null;
      }
    })();
    return contents;
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(document.documentElement.lang);

  const contentsLink = (navigation, title, url) => {
    const link = document.createElement(url ? "a" : "span");
    // Addresses of this site begin at its top; those of other sites are whole.
    if (url) link.href = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : navigation.dataset.root + url;
    link.textContent = title;
    return link;
  };

  // The entries of the contents by title, each with the titles above it, so that it is clear where it belongs.
  const filterNavigation = () => {
    const navigation = document.getElementById("hjelp-navigation");
    const menu = navigation?.querySelector("ul");
    const entries = navigation ? all("li", navigation) : [];
    if (!menu || (entries.length < 12 && !navigation.querySelector(".more"))) return;
    const box = document.createElement("div");
    const field = document.createElement("input");
    box.className = "navigation-search";
    field.type = "search";
    field.className = "navigation-filter";
    field.autocomplete = "off";
    field.placeholder = navigation.dataset.filter;
    field.setAttribute("aria-label", navigation.dataset.filter);
    const results = document.createElement("ul");
    results.className = "navigation-results";
    results.hidden = true;
    const none = document.createElement("p");
    none.setAttribute("role", "status");
    none.hidden = true;
    const listed = (list, above, found) => {
      for (const [title, url, inside] of list) {
        found.push({ title, url, above, plain: plain(title) });
        if (inside) listed(inside, [...above, title], found);
      }
      return found;
    };
    // Without the whole contents: what the page itself has.
    const own = () =>
      entries.map((entry) => {
        const link = entry.firstElementChild;
        return { title: link.textContent, url: link.href ?? "", above: [], plain: plain(link.textContent) };
      });
    let known = null;
    const showNone = () => {
      none.textContent = `${navigation.dataset.none} `;
      const search = document.querySelector("form.search");
      if (!search) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain-button";
      button.textContent = navigation.dataset.instead;
      button.addEventListener("click", () => {
        navigation.matches(":popover-open") && navigation.hidePopover();
        search.elements.q.value = field.value;
        document.querySelector(".search-link")?.click();
      });
      none.append(button);
    };
    const filter = async () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      menu.hidden = words.length > 0;
      results.hidden = none.hidden = !words.length;
      if (!words.length) return;
      const asked = field.value;
      known ??= listed((await fetchContents(navigation)) ?? [], [], []);
      if (!known.length) known = own();
      if (asked !== field.value) return;
      const seen = new Set();
      const matches = known.filter((entry) => {
        const key = `${entry.url} ${entry.plain}`;
        if (!entry.url || seen.has(key) || !words.every((word) => entry.plain.includes(word))) return false;
        seen.add(key);
        return true;
      });
      results.replaceChildren(
        ...matches.slice(0, 60).map((entry) => {
          const item = document.createElement("li");
          const link = contentsLink(navigation, entry.title, entry.url);
          if (entry.above.length) {
            const path = document.createElement("small");
            path.textContent = entry.above.join(" › ");
            link.append(path);
          }
          item.append(link);
          return item;
        }),
      );
      none.hidden = matches.length > 0;
      if (!matches.length) showNone();
    };
    field.addEventListener("focus", () => fetchContents(navigation), { once: true });
    field.addEventListener("input", filter);
    box.append(field);
    menu.before(box, none, results);
  };

  // A closed branch has a button beside its link, which opens it here. What is inside comes with the whole contents.
  const openBranches = () => {
    const navigation = document.getElementById("hjelp-navigation");
    if (!navigation?.dataset.contents || location.protocol === "file:") return;
    const here = (url) => new URL(url, location.href).href;
    const inside = (list, link) => {
      for (const [title, url, below] of list) {
        if (!below) continue;
        if (title === link.textContent && here(navigation.dataset.root + url) === link.href) return below;
        const found = inside(below, link);
        if (found) return found;
      }
      return null;
    };
    const branchButton = (link, list) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "branch";
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-label", `${navigation.dataset.open}: ${link.textContent}`);
      let below = null;
      button.addEventListener("click", async () => {
        if (!below) {
          const entries = list ?? inside((await fetchContents(navigation)) ?? [], link);
          // Nothing to open: the link leads there, as without a script.
          if (!entries) return location.assign(link.href);
          below ??= branchList(entries);
          button.after(below);
        } else below.hidden = !below.hidden;
        button.setAttribute("aria-expanded", String(!below.hidden));
      });
      link.after(button);
    };
    const branchList = (entries) => {
      const list = document.createElement("ul");
      for (const [title, url, below] of entries) {
        const item = document.createElement("li");
        const link = contentsLink(navigation, title, url);
        item.append(link);
        if (below) branchButton(link, below);
        list.append(item);
      }
      return list;
    };
    for (const link of all("a.more", navigation)) branchButton(link, null);
  };

  // From page to page the contents stay where the reader left them.
  const keepPlace = () => {
    const navigation = document.getElementById("hjelp-navigation");
    if (!navigation) return;
    try {
      const place = JSON.parse(sessionStorage.getItem("hjelp-place") ?? "null");
      if (place?.of === navigation.dataset.contents?.split("/").pop()) navigation.scrollTop = place.top;
      addEventListener("pagehide", () => {
        const of = navigation.dataset.contents?.split("/").pop();
        sessionStorage.setItem("hjelp-place", JSON.stringify({ of, top: navigation.scrollTop }));
      });
    } catch {
      // Storage can be forbidden; the current page is revealed anyway.
    }
  };

  const closeLanguages = () => {
    // The top of the site leads there the next time.
    for (const link of all(".languages a[hreflang]")) link.addEventListener("click", () => remember("hjelp-language", link.hreflang));
    const menu = document.querySelector(".languages details");
    if (!menu) return;
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  };

  // The language menu leads to the section the reader is in: a translated heading has the id of the original's inside it.
  const keepSection = () => {
    const links = all(".languages a[hreflang]");
    const headings = all(".article :is(h1, h2, h3, h4, h5, h6)[id]");
    if (!links.length || !headings.length) return;
    const here = () => {
      const line = innerHeight / 3;
      const named = document.getElementById(fragment());
      const box = named?.getBoundingClientRect();
      if (named && box.top > -1 && box.top < innerHeight) return named.closest("h1, h2, h3, h4, h5, h6") ?? named;
      return scrollY > 0 ? headings.filter((heading) => heading.getBoundingClientRect().top < line).pop() : undefined;
    };
    const lead = () => {
      const section = here();
      const id = section && section !== headings[0] ? ((section.querySelector(".shared-anchor") ?? section.querySelector("a[id]"))?.id ?? section.id) : "";
      for (const link of links) if (!("elsewhere" in link.dataset)) link.hash = id;
    };
    for (const link of links) link.addEventListener("click", lead);
    document.querySelector(".languages details")?.addEventListener("toggle", lead);
  };

  // Tabs. A choice is a name ("web"), and holds for every group on the page, and on later pages, that has a tab of that name.
  const chooseTabs = () => {
    const groups = all(".tabGroup").map((group) => {
      const tabs = all(":scope > [role=tablist] [role=tab]", group);
      // Only among the panels of the group itself: in DocFX's markup the groups of an included file have the ids of the page's own.
      const own = all(":scope > [role=tabpanel]", group);
      const panels = tabs.map((tab) => own.find((panel) => panel.id === tab.getAttribute("aria-controls")));
      return { tabs, panels };
    });
    if (!groups.length) return;

    const select = ({ tabs, panels }, chosen) => {
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        // "until-found" lets the browser's own search look inside, and open, a hidden panel.
        if (tab === chosen) panels[index]?.removeAttribute("hidden");
        else panels[index]?.setAttribute("hidden", "until-found");
      });
    };

    const choose = (tab) => {
      const name = tab.dataset.tab;
      const top = tab.getBoundingClientRect().top;
      for (const group of groups) {
        const same = group.tabs.includes(tab) ? tab : group.tabs.find((other) => other.dataset.tab === name);
        if (same) select(group, same);
      }
      // Groups further up may have changed height: keep the tab under the pointer.
      scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: "instant" });
      remember("hjelp-tabs", JSON.stringify([name, ...names.filter((other) => other !== name)].slice(0, 20)));
    };

    let names = [];
    try {
      names = JSON.parse(recall("hjelp-tabs") ?? "[]");
    } catch {
      // Somebody else's value; start afresh.
    }
    if (!Array.isArray(names)) names = [];

    for (const group of groups) {
      const { tabs, panels } = group;
      const remembered = names.map((name) => tabs.find((tab) => tab.dataset.tab === name)).find(Boolean);
      select(group, remembered ?? tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0]);
      tabs.forEach((tab, index) => {
        tab.addEventListener("click", (event) => {
          event.preventDefault();
          choose(tab);
        });
        tab.addEventListener("keydown", (event) => {
          const forward = getComputedStyle(tab).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
          const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
          const to = { [forward]: index + 1, [back]: index - 1, Home: 0, End: tabs.length - 1, " ": index }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          const next = tabs[(to + tabs.length) % tabs.length];
          choose(next);
          next.focus();
        });
        panels[index]?.addEventListener("beforematch", () => choose(tab));
      });
    }

    const revealTarget = () => {
      const target = document.getElementById(fragment());
      const panel = target && target.closest(".tabGroup > [role=tabpanel][hidden]");
      const group = panel && groups.find((group) => group.panels.includes(panel));
      const tab = group?.tabs[group.panels.indexOf(panel)];
      if (!tab) return;
      choose(tab);
      target.scrollIntoView();
    };
    addEventListener("hashchange", revealTarget);
    revealTarget();
  };

  // Code says which language it is in; the program has named it by a class.
  const nameCode = () => {
    for (const code of all('.article pre > code[class*="lang-"]')) {
      const name = /(?:^| )lang-([\w+#.-]+)/.exec(code.className)?.[1];
      if (name) code.parentElement.dataset.language = name;
    }
  };

  // The page as Markdown, for an answer or a note elsewhere. Without a script the link leads to it.
  const copyPage = () => {
    const link = document.querySelector("[data-copy-page]");
    const words = document.getElementById("hjelp-content")?.dataset;
    if (!link || !words?.copied || !navigator.clipboard || location.protocol === "file:") return;
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        const answer = await fetch(link.href);
        if (!answer.ok) throw new Error(answer.statusText);
        await navigator.clipboard.writeText(await answer.text());
        const before = link.textContent;
        link.textContent = words.copied;
        setTimeout(() => (link.textContent = before), 2000);
      } catch {
        location.assign(link.href);
      }
    });
  };

  // An address without a page: its words are in the search field, ready to be searched for.
  const searchMissing = () => {
    const field = document.body.classList.contains("kind-not-found") ? document.getElementById("hjelp-search") : null;
    if (!field) return;
    let name = location.pathname.replace(/\/(index\.html)?$/, "").split("/").pop() ?? "";
    try {
      name = decodeURIComponent(name);
    } catch {
      // A broken address is searched for as it is.
    }
    field.value = name.replace(/\.\w{2,5}$/, "").replace(/[-_+]+/g, " ").trim();
  };

  const copyCode = () => {
    const words = document.getElementById("hjelp-content")?.dataset;
    if (!words?.copy || !navigator.clipboard) return;
    for (const pre of all(".article pre")) {
      const box = document.createElement("div");
      const button = document.createElement("button");
      box.className = "code-box";
      if (pre.dataset.language) box.dataset.language = pre.dataset.language;
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      button.setAttribute("aria-live", "polite");
      pre.replaceWith(box);
      box.append(pre, button);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(pre.textContent.replace(/\n$/, ""));
        button.textContent = words.copied;
        setTimeout(() => (button.textContent = words.copy), 2000);
      });
    }
  };

  // What scrolls sideways must be reachable from the keyboard too.
  const reachScrollers = () => {
    for (const box of all(".table-scroll, .article pre")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  };

  // A way to link to a section. For the pointer only: from the keyboard the same addresses are under "on this page".
  const linkHeadings = () => {
    for (const heading of all(".article :is(h2, h3, h4, h5, h6)[id]")) {
      const link = document.createElement("a");
      link.className = "heading-anchor";
      link.href = `#${encodeURIComponent(heading.id)}`;
      link.textContent = "#";
      link.tabIndex = -1;
      link.setAttribute("aria-hidden", "true");
      heading.append(link);
    }
  };

  // A dialog of the page's own kind: what is shown, and a button that closes it. A click beside it closes it too.
  const show = (className, label, ...content) => {
    const dialog = document.createElement("dialog");
    const form = document.createElement("form");
    const button = document.createElement("button");
    dialog.className = className;
    dialog.setAttribute("aria-label", label);
    form.method = "dialog";
    button.className = "bar-button";
    button.textContent = document.getElementById("hjelp-content")?.dataset.close ?? "×";
    form.append(button);
    dialog.append(form, ...content);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };

  // Large pictures lead to themselves; with a script they open over the page. A second click shows every pixel.
  const enlargePictures = () => {
    for (const link of all(".article a.lightbox")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || typeof HTMLDialogElement !== "function") return;
        event.preventDefault();
        const small = link.querySelector("img");
        const picture = document.createElement("img");
        picture.src = link.href.replace(/#lightbox$/, "");
        picture.alt = small?.alt ?? "";
        const dialog = show("lightbox-view", picture.alt, picture);
        picture.addEventListener("click", () => dialog.classList.toggle("is-full"));
      });
    }
  };

  // A film is fetched when somebody wants to see it, and nobody hears of the reader before.
  const playFilms = () => {
    for (const link of all("a.video")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const player = document.createElement("iframe");
        const address = new URL(link.href);
        if (/(^|\.)(youtube-nocookie|youtube|vimeo)\.com$/.test(address.hostname)) address.searchParams.set("autoplay", "1");
        player.src = address.href;
        player.title = link.dataset.title;
        player.allow = "autoplay; fullscreen; picture-in-picture";
        player.allowFullscreen = true;
        link.replaceWith(player);
        player.focus();
      });
    }
  };

  // Single keys can be turned off, for those who press them by chance.
  const listShortcuts = () => {
    const dialog = document.getElementById("hjelp-shortcuts");
    const choice = dialog?.querySelector("[data-shortcuts-on]");
    if (!choice || !dialog.showModal) return;
    const root = document.documentElement;
    choice.checked = recall("hjelp-shortcuts") !== "off";
    const apply = () => {
      if (choice.checked) delete root.dataset.noShortcuts;
      else root.dataset.noShortcuts = "";
    };
    apply();
    choice.addEventListener("change", () => {
      apply();
      remember("hjelp-shortcuts", choice.checked ? "on" : "off");
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    for (const button of all("[data-open-shortcuts]")) button.addEventListener("click", () => dialog.showModal());
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "?" || typing || event.ctrlKey || event.metaKey || event.altKey || "noShortcuts" in root.dataset) return;
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
    });
  };

  const followHeadings = () => {
    const links = new Map(all(".on-this-page a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (!headings.length) return;
    let current = null;
    const mark = () => {
      const edge = innerHeight / 4;
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      const passed = headings.filter((heading) => heading.getClientRects().length && heading.getBoundingClientRect().top < edge);
      const heading = (atEnd && scrollY > 0 ? headings : passed).at(-1);
      const link = heading ? links.get(heading.id) : null;
      if (link === current) return;
      current?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "true");
      current = link;
    };
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later, { passive: true });
    mark();
    for (const link of all(".on-this-page-inline a")) {
      link.addEventListener("click", () => (link.closest("details").open = false));
    }
  };

  // A section that is on another page now: its line is in its old place for readers without a script.
  const followMoved = () => {
    const follow = () => {
      const url = document.getElementById(fragment())?.dataset.moved;
      if (url) location.replace(url);
    };
    follow();
    addEventListener("hashchange", follow);
  };

  const parts = [followMoved, chooseTheme, filterNavigation, openBranches, keepPlace, settleNavigation, nameCode, copyPage, searchMissing, awaitSearch, closeLanguages, keepSection, chooseTabs, copyCode, reachScrollers];
  parts.push(linkHeadings, enlargePictures, playFilms, listShortcuts, followHeadings);
  for (const part of parts) part();
}

// Two pages side by side: corresponding headings are at the same height, both scroll together, and headings that only one has are marked.
"use strict";
{
  const known = () => JSON.parse(document.getElementById("hjelp-side").textContent);
  let facts = known();
  const [left, right] = ["left", "right"].map((id) => document.getElementById(id));

  const heading = (frame, id) => frame.contentDocument?.getElementById(id);
  const top = (frame, element) => element.getBoundingClientRect().top + frame.contentWindow.scrollY;

  const align = () => {
    if (!right || !facts.headings) return;
    for (const frame of [left, right]) {
      for (const moved of frame.contentDocument.querySelectorAll("[data-hjelp-moved]")) {
        moved.style.removeProperty("padding-block-start");
        delete moved.dataset.hjelpMoved;
      }
      for (const marked of frame.contentDocument.querySelectorAll("[data-hjelp-only]")) {
        marked.style.removeProperty("outline");
        marked.removeAttribute("title");
        delete marked.dataset.hjelpOnly;
      }
    }
    for (const [one, other] of facts.headings.pairs) {
      const [a, b] = [heading(left, one), heading(right, other)];
      if (!a || !b) continue;
      const differs = top(left, a) - top(right, b);
      const lower = differs > 0 ? b : a;
      if (Math.abs(differs) < 1) continue;
      const own = parseFloat(lower.ownerDocument.defaultView.getComputedStyle(lower).paddingTop) || 0;
      lower.style.setProperty("padding-block-start", `${own + Math.abs(differs)}px`);
      lower.dataset.hjelpMoved = "";
    }
    for (const [frame, ids] of [[left, facts.headings.left], [right, facts.headings.right]]) {
      for (const id of ids) {
        const element = heading(frame, id);
        if (!element) continue;
        element.style.setProperty("outline", "3px dotted #d97706");
        element.title = facts.only;
        element.dataset.hjelpOnly = "";
      }
    }
    document.documentElement.dataset.aligned = facts.version;
  };

  // Scrolling one page scrolls the other to the same height. The end of the longer page has no counterpart.
  let leader;
  const together = (from, to) => {
    const follow = () => {
      if (leader === to) return;
      leader = from;
      to.contentWindow.scrollTo({ top: from.contentWindow.scrollY, behavior: "instant" });
      clearTimeout(from.rest);
      from.rest = setTimeout(() => (leader = undefined), 120);
    };
    from.contentWindow.addEventListener("scroll", follow, { passive: true });
  };

  const renew = async () => {
    const next = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-cache" })).text(), "text/html");
    const text = next.getElementById("hjelp-side")?.textContent;
    if (!text) return;
    document.getElementById("hjelp-side").textContent = text;
    facts = known();
    align();
  };

  const arrange = (frame) => {
    if (!right) return;
    together(frame, frame === left ? right : left);
    // The preview of each page says when it shows a later version.
    const root = frame.contentDocument.documentElement;
    new MutationObserver(renew).observe(root, { attributeFilter: ["data-hjelp-version"] });
    frame.contentDocument.addEventListener("load", align, true);
    align();
  };
  let waiting = right ? 2 : 1;
  for (const frame of [left, right].filter(Boolean)) {
    const arrived = () => {
      frame.isThere = true;
      if ([left, right].filter(Boolean).every((one) => one.isThere)) {
        if (waiting) [left, right].filter(Boolean).forEach(arrange);
        else arrange(frame);
        waiting = 0;
      }
    };
    frame.addEventListener("load", arrived);
    if (frame.contentDocument?.readyState === "complete" && frame.contentWindow.location.href !== "about:blank") arrived();
  }
  addEventListener("resize", align);
}

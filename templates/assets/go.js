// Opens the page whose id the address asks for, in the language it asks for, or in the nearest there is. The ids lie in small files.
"use strict";
{
  const notice = document.getElementById("hjelp-unknown");
  const asked = new URLSearchParams(location.search);
  const id = asked.get("id");
  const spread = Number(notice?.dataset.spread);
  const bucket = (text) => [...Array(text.length).keys()].reduce((sum, at) => (sum * 31 + text.charCodeAt(at)) % 65521, 7) % spread;
  const unknown = () => notice.removeAttribute("hidden");

  globalThis.hjelpGo = (ids, usual) => {
    const pages = Object.hasOwn(ids, id) && ids[id];
    if (!pages) return unknown();
    const tags = Object.keys(pages);
    const wanted = (asked.get("lang") ?? "").replace(/^no\b/i, "nb").toLowerCase();
    const same = (tag) => tag.toLowerCase() === wanted;
    const near = (tag) => tag.toLowerCase().split("-")[0] === wanted.split("-")[0];
    location.replace(pages[tags.find(same) ?? tags.find(near) ?? (usual in pages ? usual : tags[0])]);
  };

  if (id && spread) {
    const script = document.createElement("script");
    script.src = `ids-${bucket(id)}.js`;
    script.onerror = unknown;
    document.head.append(script);
  }
}

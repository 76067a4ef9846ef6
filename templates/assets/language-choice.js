// At the top of a site in several languages: goes on to the one the reader chose before, or that the browser asks for first.
"use strict";
{
  const links = [...document.querySelectorAll("a[hreflang]")];
  // Norwegian without a written standard is Bokmål (RFC 5646: "no" is the macrolanguage of both), and its readers read either.
  const tag = (text) => text.toLowerCase().replace(/^no\b/, "nb");
  const base = (text) => tag(text).split("-")[0];
  const norwegian = (text) => /^(nb|nn)$/.test(base(text));
  const find = (wanted) =>
    links.find((link) => tag(link.hreflang) === tag(wanted)) ??
    links.find((link) => base(link.hreflang) === base(wanted)) ??
    links.find((link) => norwegian(link.hreflang) && norwegian(wanted));
  let chosen = null;
  try {
    chosen = localStorage.getItem("hjelp-language");
  } catch {
    // Storage can be forbidden; what the browser asks for is the next best.
  }
  const wanted = [chosen, ...navigator.languages].filter(Boolean);
  const link = wanted.map(find).find(Boolean) ?? document.querySelector("a[data-usual]") ?? links[0];
  // `replace`: the back button would otherwise lead here, and from here forward again.
  if (link) location.replace(link.href);
}

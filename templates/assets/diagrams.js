// Draws diagrams that an author wrote as text, with the script that the site names as `theme: mermaid`. It is loaded only where there are
// diagrams; without it their text stays.
"use strict";
{
  const blocks = [...document.querySelectorAll("pre > code.lang-mermaid")].map((code) => ({
    text: code.textContent,
    place: code.closest(".code-box") ?? code.parentElement,
  }));

  const isDark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };

  let drawings = 0;
  const draw = async () => {
    const fontFamily = getComputedStyle(document.body).fontFamily;
    const theme = isDark() ? "dark" : "neutral";
    mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true, securityLevel: "strict", theme, fontFamily });
    for (const block of blocks) {
      try {
        const { svg } = await mermaid.render(`hjelp-diagram-${++drawings}`, block.text);
        const figure = document.createElement("figure");
        figure.className = "diagram";
        figure.append(...new DOMParser().parseFromString(svg, "text/html").body.childNodes);
        block.place.replaceWith(figure);
        block.place = figure;
      } catch {
        // What cannot be drawn stays as text.
      }
    }
  };

  if (blocks.length && typeof mermaid === "object") {
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }
}

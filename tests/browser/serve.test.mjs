// What a writer sees of the preview. Nothing waits for a time to pass: the page says when it shows what was saved.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { launch, SCREENS } from "./support/chromium.mjs";
import { preview } from "./support/preview.mjs";

const filler = (from, to) => Array.from({ length: to - from }, (_, at) => `## Avsnitt ${from + at}\n\nLang tekst om fjord og fjell, skog og vann. ${"Ord ".repeat(60)}\n`).join("\n");
const TABS = "# [Web](#tab/web)\n\nI nettleseren.\n\n# [Telefon](#tab/phone)\n\nPå telefonen.\n\n***\n";
const page = (words) => `# Velkommen\n\n<details>\n<summary>Mer</summary>\n\nSkjult tekst.\n\n</details>\n\n${TABS}\n${filler(1, 12)}\n${words}\n\n${filler(12, 20)}`;
const SITE = {
  "hjelp.yml": "title: Hjelp\ndefault-locale: no\n",
  "content/no/index.md": page("Se på **dette**."),
  "content/no/brukt.md": "# Brukt\n\n[!include[del](includes/del.md)]\n\nSe [feil](borte.md#x) og [velkommen](Index.md).\n",
  "content/no/includes/del.md": "Et fragment med [feil lenke](../ingensteds.md).\n",
  "content/en/index.md": "# Welcome\n\n## First\n\nShort.\n\n## Second\n\nMore.\n\n## Third\n\nEnd.\n",
  "content/no/side.md": `# Side\n\n## Første\n\n${"Et langt avsnitt. ".repeat(300)}\n\n## Andre\n\nKort.\n\n## Tredje\n\nSlutt.\n${"Hale. ".repeat(900)}\n`,
  "content/en/side.md": `# Page\n\n## First\n\nShort.\n\n## Second\n\n${"A long section. ".repeat(200)}\n\n## Third\n\nEnd.\n${"Tail. ".repeat(900)}\n`,
};

let browser, serving, tab;
before(async () => {
  serving = await preview(SITE);
  browser = await launch();
});
after(async () => {
  serving?.end();
  await browser?.close();
});
afterEach(() => tab?.context().close());

const open = async (path, options = {}) => {
  tab = await (await browser.newContext({ ...SCREENS.desktop, ...options })).newPage();
  tab.setDefaultTimeout(60_000);
  tab.mishaps = [];
  tab.on("pageerror", (error) => tab.mishaps.push(String(error)));
  await tab.goto(serving.address + path);
  await tab.waitForFunction(() => document.documentElement.dataset.hjelpVersion);
  return tab;
};

test("an edit changes the page in place: scrolling, the chosen tab and an open box stay", async () => {
  await open("no/index.html");
  await tab.evaluate(() => (globalThis.isTheSamePage = true));
  await tab.click("summary:text('Mer')");
  await tab.click("[role=tab]:text('Telefon')");
  await tab.getByText("Se på dette.").scrollIntoViewIfNeeded();
  await tab.mouse.wheel(0, 200);
  await tab.waitForFunction(() => scrollY > 500);
  const scrolled = await tab.evaluate(() => scrollY);
  serving.save("content/no/index.md", page("Se på **noe annet**.\n\nOg et nytt avsnitt."));
  await tab.getByText("Og et nytt avsnitt.").waitFor();
  assert.equal(await tab.evaluate(() => globalThis.isTheSamePage), true, "the page was not reloaded");
  assert.equal(await tab.evaluate(() => scrollY), scrolled);
  assert.equal(await tab.getAttribute("[role=tab]:text('Telefon')", "aria-selected"), "true");
  assert.equal(await tab.evaluate(() => document.querySelector("article details").open), true);
  assert.equal(await tab.getByText("noe annet").count(), 1);
  assert.equal(await tab.locator("article .copy, article h2 .heading-anchor").count() > 0, true, "what scripts added is still there");
  assert.deepEqual(tab.mishaps, []);
});

test("the changed block flashes", async () => {
  await open("no/index.html");
  const flashed = tab.waitForSelector(".hjelp-preview-changed", { state: "attached" });
  serving.save("content/no/index.md", page("Se på lysglimtet."));
  const block = await flashed;
  assert.match(await block.textContent(), /lysglimtet/);
});

test("a style is swapped without loading the page", async () => {
  await open("no/index.html");
  await tab.evaluate(() => (globalThis.isTheSamePage = true));
  serving.save("templates/assets/styles.css", "@import 'hjelp.css';\nh1 { color: rgb(1, 2, 3) }\n");
  await tab.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
  assert.equal(await tab.evaluate(() => globalThis.isTheSamePage), true);
});

test("problems of the page and its fragments are listed, marked beside their block, and repaired", async () => {
  await open("no/brukt.html");
  await tab.locator("hjelp-preview .marker").first().waitFor();
  await tab.click("hjelp-preview .badge");
  const list = tab.locator("hjelp-preview .problems");
  await list.waitFor();
  assert.match(await list.textContent(), /ingensteds\.md/, "the fragment's problem is there");
  assert.match(await list.getByRole("link", { name: /includes\/del\.md:1/ }).getAttribute("href"), /^vscode:\/\/file\/.*includes\/del\.md:1:\d+$/);
  const marked = await tab.locator("article [data-hjelp-problem]").count();
  assert.equal(marked, 2);
  await list.locator(".fix").first().click();
  await tab.waitForFunction(() => document.querySelector('article a[href="index.html"]') ?? document.querySelector('article a[href="./"]'));
  assert.match(readFileSync(join(serving.root, "content/no/brukt.md"), "utf8"), /\[velkommen\]\(index\.md\)/);
  assert.deepEqual(tab.mishaps, []);
});

test("without the token of this run nothing is fixed or answered", async () => {
  const post = (token) => fetch(`${serving.address}_hjelp/fix?id=p0`, { method: "POST", headers: { "x-hjelp-token": token } });
  assert.equal((await post("")).status, 403);
  assert.equal((await post("0".repeat(32))).status, 403);
  assert.equal((await fetch(`${serving.address}_hjelp/about?page=/no/`)).status, 403);
});

test("a fragment's own page lists the pages that show it, and a link shows its target", async () => {
  await open("_hjelp/fragment/content/no/includes/del.md");
  assert.equal(await tab.locator("main ul a").first().textContent(), "Brukt");
  await tab.goto(`${serving.address}no/brukt.html`);
  await tab.waitForFunction(() => document.documentElement.dataset.hjelpVersion);
  await tab.getByRole("link", { name: "velkommen", exact: true }).hover();
  await tab.locator("hjelp-preview .tip").waitFor();
  assert.match(await tab.locator("hjelp-preview .tip").textContent(), /Velkommen/);
});

test("a click with Alt opens the line in the editor", async () => {
  await open("no/brukt.html");
  await tab.waitForFunction(() => !document.querySelector("hjelp-preview").shadowRoot.querySelector(".badge").textContent.includes("…"));
  await tab.locator("article h1").click({ modifiers: ["Alt"] });
  assert.match(await tab.getAttribute("html", "data-hjelp-opened"), /^vscode:\/\/file\/.*content\/no\/brukt\.md:1:1$/);
});

test("two languages are side by side, headings at the same height", async () => {
  tab = await (await browser.newContext(SCREENS.desktop)).newPage();
  await tab.goto(`${serving.address}_hjelp/side?page=/no/side.html&left=no&right=en`);
  await tab.waitForFunction(() => document.documentElement.dataset.aligned);
  const tops = (id) => tab.evaluate((id) => [...document.getElementById(id).contentDocument.querySelectorAll("article h2")].map((heading) => {
    const box = heading.getBoundingClientRect();
    const padding = parseFloat(getComputedStyle(heading).paddingTop) || 0;
    return Math.round(box.top + padding);
  }), id);
  await tab.waitForFunction(() => document.getElementById("left").contentDocument.readyState === "complete");
  const [left, right] = [await tops("left"), await tops("right")];
  assert.equal(left.length, 3);
  left.forEach((top, at) => assert.ok(Math.abs(top - right[at]) <= 1, `${left} ${right}`));
  await tab.evaluate(() => document.getElementById("left").contentWindow.scrollTo(0, 300));
  await tab.waitForFunction(() => document.getElementById("right").contentWindow.scrollY === 300);
});

test("on a phone nothing scrolls sideways, with the list of problems open too", async () => {
  await open("no/brukt.html", SCREENS.phone);
  await tab.waitForFunction(() => document.querySelector("hjelp-preview").shadowRoot.querySelector("h2"));
  await tab.click("hjelp-preview .badge");
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  const box = await tab.locator("hjelp-preview .panel").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
});

test("after a restart the page follows again", async () => {
  const first = await preview({ "hjelp.yml": "title: Hjelp\n", "content/no/index.md": "# En\n" });
  tab = await (await browser.newContext(SCREENS.desktop)).newPage();
  await tab.goto(`${first.address}no/index.html`);
  await tab.waitForFunction(() => document.documentElement.dataset.hjelpVersion);
  first.end();
  await tab.locator("hjelp-preview[data-lost]").waitFor({ state: "attached" });
  first.save("content/no/index.md", "# To\n");
  const second = await preview.again(first);
  await tab.locator("h1:text('To')").waitFor();
  second.end();
});

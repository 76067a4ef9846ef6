// What is made beside the pages works: help by id, the folder for offline use, and the data for search engines.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, htmlFiles, REPOSITORY } from "./support/site.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src https:; form-action 'self'; base-uri 'none'";

let browser, site, address;

before(async () => {
  site = build();
  address = await serve(site, { "content-security-policy": POLICY });
  browser = await launch();
});
after(() => browser?.close());

const visit = async (url, options = {}) => {
  const context = await browser.newContext({ ...SCREENS.desktop, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
};

test("a program opens pages by their id", async () => {
  const { pages } = JSON.parse(readFileSync(join(site, "helpmap.json"), "utf8"));
  const [id, languages] = Object.entries(pages).find(([, found]) => found.nb && found.en && !found.nb.lang);
  for (const [lang, wanted] of [["nb", "nb"], ["no", "nb"], ["en", "en"], ["en-GB", "en"], ["fi", "en"]]) {
    const { page, close } = await visit(`${address}go/?id=${id}&lang=${lang}`);
    const path = new URL(languages[wanted].url, "https://hjelp.example/").pathname.slice(1);
    await page.waitForURL(address + path);
    await close();
  }
  const { page, complaints, close } = await visit(`${address}go/?id=no-such-page`);
  await page.waitForSelector("#hjelp-unknown:not([hidden])");
  assert.deepEqual(complaints, []);
  await close();
  const plain = await visit(`${address}go/`, { javaScriptEnabled: false });
  assert.ok((await plain.page.$$("main li a")).length >= Object.keys(pages).length);
  await plain.close();
});

test("search engines read where a page stands, under a strict policy", async () => {
  const { page, complaints, close } = await visit(`${address}no/diary/learn/index.html`);
  const list = JSON.parse(await page.textContent("script[type='application/ld+json']"));
  assert.equal(list["@type"], "BreadcrumbList");
  assert.ok(list.itemListElement.every((item, at) => item.position === at + 1 && new URL(item.item)));
  assert.deepEqual(complaints, []);
  await close();
});

test("the folder for offline use is whole, and opens and searches from disk", async () => {
  const out = build(REPOSITORY, ["--offline"]);
  const folder = join(out, "no");
  const missing = [];
  for (const file of htmlFiles(folder)) {
    const html = readFileSync(join(folder, file), "utf8");
    for (const [, link] of html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)) {
      const path = link.replaceAll("&amp;", "&").split(/[?#]/)[0];
      if (!path || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith("//")) continue;
      const target = resolve(join(folder, dirname(file)), decodeURIComponent(path));
      if (!target.startsWith(folder) || !existsSync(target)) missing.push(`${file}: ${link}`);
    }
  }
  assert.deepEqual(missing, []);
  const { page, complaints, close } = await visit(pathToFileURL(join(folder, "index.html")).href);
  await page.waitForURL(/\/no\/no\/index\.html$/);
  await page.fill("#hjelp-search", "oppfølgingene");
  await page.waitForSelector(".search-results a mark");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/^file:.*\/no\/no\/diary\/.*\.html/);
  assert.deepEqual(complaints, []);
  await close();
});

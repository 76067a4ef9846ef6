// Readers find pages: by parts of words, other forms and other spellings, with the keyboard, from disk, under a strict policy, and without
// a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build } from "./support/site.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src https:; form-action 'self'; base-uri 'none'";

let browser, site, address;

before(async () => {
  site = build();
  address = await serve(site, { "content-security-policy": POLICY });
  browser = await launch();
});
after(() => browser?.close());

const START = "no/diary/learn/index.html";

/** A page with the search at hand, and whatever it complained about. */
const visit = async (url, options = SCREENS.desktop) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
};

const results = async (page, query) => {
  await page.fill("#hjelp-search", query);
  await page.waitForFunction((asked) => document.querySelector("form[data-search]").dataset.answered === asked, query);
  return page.$$eval(".search-results > li > a", (links) => links.map((link) => ({ title: link.querySelector("strong").textContent, url: link.href })));
};

test("Norwegian words are found by their parts, in other forms and in other spellings", async () => {
  const { page, complaints, close } = await visit(address + START);
  for (const [query, wanted] of [
    ["oppfølging", /oppfølging/i],
    ["oppfølgingene", /oppfølging/i],
    ["oppfolging", /oppfølging/i],
    ["oppfoelging", /oppfølging/i],
    ["oppføgling", /oppfølging/i],
    ["avtalene", /avtale/i],
    ["dagbokoppføring", /dagbok/i],
    ["hurtigtast", /hurtigtast/i],
    ["taster", /hurtigtast/i],
    ["opprette oppfølg", /opprette/i],
  ]) {
    const found = await results(page, query);
    assert.ok(found.slice(0, 5).some(({ title }) => wanted.test(title)), `${query}: ${found.map(({ title }) => title).join(", ")}`);
  }
  assert.deepEqual(await results(page, "xyzzyxyzzy"), []);
  assert.match(await page.textContent(".search-status"), /Ingen treff på «xyzzyxyzzy»/);
  assert.deepEqual(complaints, []);
  await close();
});

test("the first result is there at once", async () => {
  const { page, close } = await visit(address + START);
  await page.focus("#hjelp-search");
  await results(page, "a");
  const times = [];
  for (const query of ["avtale", "oppfølging", "gjenta avtale", "opprette ny oppgave"]) {
    times.push(
      await page.evaluate(async (text) => {
        const input = document.querySelector("#hjelp-search");
        const list = document.querySelector(".search-results");
        list.replaceChildren();
        const started = performance.now();
        const shown = new Promise((resolve) => new MutationObserver(() => list.children.length && resolve()).observe(list, { childList: true }));
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await shown;
        return performance.now() - started;
      }, query),
    );
  }
  console.log(`first result after ${times.map((time) => time.toFixed(0)).join(", ")} ms`);
  assert.ok(Math.min(...times) < 100, String(times));
  await close();
});

test("the keyboard reaches everything, and results lead to the section", async () => {
  const { page, close } = await visit(address + START);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "hjelp-search");
  await page.keyboard.type("gjentakende avtale");
  await page.waitForSelector(".search-results a mark");
  await page.waitForFunction(() => document.querySelector("form[data-search]").dataset.answered === "gjentakende avtale");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.closest("li")?.parentElement.className), "search-results");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "hjelp-search");
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden(".search-panel"));
  const found = await results(page, "\"lås opp\" avtale");
  assert.ok(Array.isArray(found));
  const [first] = await results(page, "gjentakende avtale");
  await page.keyboard.press("Enter");
  // Some browsers take the words to mark off the address.
  const bare = (url) => url.replace(/#?:~:.*/, "");
  await page.waitForURL((url) => bare(url.href) === bare(first.url));
  const hash = new URL(bare(first.url)).hash;
  if (hash) assert.ok(await page.$(`[id="${decodeURIComponent(hash.slice(1))}"]`));
  await page.focus("#hjelp-search");
  await page.waitForSelector(".search-results button");
  assert.equal(await page.textContent(".search-results button"), "gjentakende avtale");
  await close();
});

test("screen readers hear how many results there are", async () => {
  const { page, close } = await visit(address + START);
  await results(page, "avtale");
  await page.waitForFunction(() => /^Treff: \d+\. Bruk piltastene/.test(document.querySelector("form[data-search] [role=status]").textContent));
  await close();
});

test("a page opened from disk searches too", async () => {
  const { page, complaints, close } = await visit(pathToFileURL(site).href + "/" + START);
  const found = await results(page, "oppfølgingene");
  assert.match(found[0].title, /oppfølging/i);
  assert.ok(found[0].url.startsWith("file:"));
  assert.deepEqual(complaints, []);
  await close();
});

test("a phone opens the field from its button", async () => {
  const { page, close } = await visit(address + START, SCREENS.phone);
  assert.ok(await page.isHidden("#hjelp-search"));
  await page.tap(".search-link");
  await page.goBack();
  assert.ok(await page.isHidden("#hjelp-search"));
  await page.tap(".search-link");
  const found = await results(page, "avtale");
  assert.ok(found.length > 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await close();
});

test("a page of results has an address of its own", async () => {
  const { page, complaints, close } = await visit(address + "no/search.html?q=avtale");
  await page.waitForSelector("#hjelp-search-results a mark");
  assert.equal(await page.inputValue("#hjelp-search"), "avtale");
  assert.ok((await page.$$("#hjelp-search-results .search-areas button")).length > 1);
  await page.fill("#hjelp-search", "oppføgling");
  await page.waitForFunction(() => document.querySelector("form[data-search]").dataset.answered === "oppføgling");
  assert.equal(new URL(page.url()).searchParams.get("q"), "oppføgling");
  assert.deepEqual(complaints, []);
  await close();
});

test("without a script the field leads to the list of all pages", async () => {
  const { page, close } = await visit(address + START, { ...SCREENS.desktop, javaScriptEnabled: false });
  await page.fill("#hjelp-search", "avtale");
  await page.press("#hjelp-search", "Enter");
  await page.waitForURL(/\/no\/search\.html\?q=avtale$/);
  assert.match(await page.textContent("main noscript"), /trenger et skript/);
  await page.click("main a");
  await page.waitForURL(/\/no\/a-z\.html$/);
  const letters = await page.$$eval(".a-z h2", (headings) => headings.map((heading) => heading.textContent));
  assert.deepEqual(letters, [...letters].sort((a, b) => a.localeCompare(b, "nb")));
  assert.ok((await page.$$(".a-z li a")).length > 20);
  await close();
});

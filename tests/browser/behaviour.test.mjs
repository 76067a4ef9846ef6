// What the script adds, what is left without it, and what a strict Content-Security-Policy leaves of both.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, EVERY_KIND, pagesToRead } from "./support/site.mjs";

// As the manual gives it.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; media-src 'self'; " +
  "frame-src https://www.youtube-nocookie.com; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

let browser, kinds, kindsAt, demonstration, demonstrationAt;

before(async () => {
  kinds = build(EVERY_KIND);
  demonstration = build();
  kindsAt = await serve(kinds, { "content-security-policy": POLICY });
  demonstrationAt = await serve(demonstration, { "content-security-policy": POLICY });
  browser = await launch();
});
after(() => browser?.close());

const open = async (options = {}) => (await browser.newContext({ ...SCREENS.desktop, ...options })).newPage();

test("nothing breaks a strict policy, and nobody else is asked", async () => {
  const page = await open();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(kindsAt) && !request.url().startsWith(demonstrationAt)) complaints.push(request.url());
  });
  const all = (site, address) => pagesToRead(site).filter((path) => /^(no|ar|en\/article)/.test(path)).map((path) => address + path);
  for (const address of [...all(kinds, kindsAt), ...all(demonstration, demonstrationAt)]) {
    await page.goto(address);
    assert.deepEqual(complaints, [], address);
  }
  await page.context().close();
});

test("a film is fetched when it is asked for", async () => {
  const page = await open();
  const asked = [];
  await page.route(/^https:/, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<title>Film</title>" });
  });
  await page.goto(`${kindsAt}en/article.html`);
  assert.deepEqual(asked, []);
  const request = page.waitForRequest(/^https:/, { timeout: 5000 });
  await page.click("a.video");
  await request;
  await page.waitForSelector(".embeddedvideo iframe");
  assert.equal(await page.getAttribute(".embeddedvideo iframe", "title"), "Video player");
  assert.match(asked[0], /^https:\/\/www\.youtube-nocookie\.com\/embed\/abc\?/);
  await page.context().close();
});

test("the language menu keeps the section the reader is in", async () => {
  const page = await open({ viewport: { width: 1000, height: 600 }, reducedMotion: "reduce" });
  const leads = async (from, to) => {
    await page.goto(demonstrationAt + from);
    await page.click(".languages summary");
    await page.click(`.languages a[hreflang="${to}"]`);
    await page.waitForURL((url) => !url.pathname.endsWith(from.split("#")[0]));
    const url = new URL(page.url());
    const inSight = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const top = target?.closest("h2").getBoundingClientRect().top;
      return top >= 0 && top < innerHeight;
    };
    const found = await page.waitForFunction(inSight, null, { timeout: 5000 }).then(() => true, () => false);
    return [url.pathname.replace(/^.*?(?=[a-z]{2}[/])/, "").slice(0, 3) + decodeURIComponent(url.hash), found];
  };
  const [norwegian, english] = ["velge-når-du-vil-bli-minnet-på-noe", "choose-when-to-be-reminded"];
  const reminders = "diary/learn/reminders.html";
  assert.deepEqual(await leads(`no/${reminders}#${norwegian}`, "en"), [`en/#${english}`, true]);
  assert.deepEqual(await leads(`en/${reminders}#${english}`, "nb"), [`no/#${english}`, true]);
  assert.deepEqual(await leads(`no/${reminders}#snooze`, "en"), ["en/#snooze", true]);
  // Without a section in the address it is the one in sight.
  await page.goto(`${demonstrationAt}no/${reminders}`);
  await page.evaluate(() => document.querySelector(".article h2").scrollIntoView());
  // Playwright would scroll before it clicks.
  await page.evaluate(() => document.querySelector(".languages summary").click());
  await page.waitForSelector('.languages a[hreflang="en"][href$="#choose-when-to-be-reminded"]', { timeout: 5000 });
  await page.goto(`${demonstrationAt}no/${reminders}`);
  await page.click(".languages summary");
  assert.doesNotMatch(await page.getAttribute('.languages a[hreflang="en"]', "href"), /#/);
  await page.context().close();
});

test("a choice of tab, of scheme and of shortcuts is remembered", async () => {
  const page = await open();
  await page.goto(`${kindsAt}en/article.html`);
  await page.click("[role=tab]:has-text('Second')");
  await page.selectOption("[data-theme-choice]", "dark");
  await page.keyboard.press("?");
  await page.uncheck("[data-shortcuts-on]");
  await page.keyboard.press("Escape");
  await page.goto(`${kindsAt}ar/article.html`);
  assert.equal(await page.getAttribute("[role=tab][aria-selected=true]", "data-tab"), "second");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.context().close();
});

test("diagrams are drawn by the site's own script, only where there are some", async () => {
  const page = await open();
  await page.goto(`${kindsAt}en/article.html`);
  await page.waitForSelector("figure.diagram svg");
  assert.equal(await page.locator("code.lang-mermaid").count(), 0);
  await page.goto(`${kindsAt}en/only.html`);
  assert.equal(await page.locator("script[src*=mermaid], script[src*=diagrams]").count(), 0);
  await page.context().close();
});

test("the filter knows the whole contents, and leads on to the search", async () => {
  const page = await open();
  await page.goto(`${demonstrationAt}no/hjelp/writing.html`);
  const field = page.locator(".navigation-filter");
  const results = page.locator(".navigation-results li");
  await field.fill("oppf");
  await results.first().waitFor();
  // A page of another branch, with the titles above it.
  assert.ok((await page.locator(".navigation-results small").count()) > 0);
  assert.equal(await page.locator(".navigation > ul:not(.navigation-results)").isVisible(), false);
  await field.fill("xyzzy");
  await page.locator(".navigation-search + p button").click();
  assert.equal(await page.locator("#hjelp-search").inputValue(), "xyzzy");
  await field.fill("");
  assert.equal(await results.count() === 0 || !(await results.first().isVisible()), true);
  await page.context().close();
});

test("a branch of the contents opens in place", async () => {
  const page = await open();
  await page.goto(`${demonstrationAt}no/hjelp/writing.html`);
  const button = page.locator(".navigation .branch").first();
  if (await button.count()) {
    const address = page.url();
    await button.click();
    await page.locator(".navigation .branch[aria-expanded=true] + ul li").first().waitFor();
    assert.equal(page.url(), address);
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "false");
  }
  await page.context().close();
});

test("without a script everything can be read and reached", async () => {
  const page = await open({ javaScriptEnabled: false, ...SCREENS.phone });
  await page.goto(`${kindsAt}en/article.html`);
  for (const words of ["In the first.", "In the second.", "flowchart LR"]) assert.ok(await page.getByText(words).isVisible(), words);
  for (const dead of ["[data-theme-choice]", "[data-needs-script]", ".copy"]) {
    assert.equal(await page.locator(`${dead}:visible`).count(), 0, dead);
  }
  assert.match(await page.getAttribute("a.video", "href"), /^https:/);
  assert.match(await page.getAttribute("a.lightbox", "href"), /wide\.png$/);
  await page.click(".menu-button");
  assert.ok(await page.getByRole("link", { name: "A lesson" }).first().isVisible());
  await page.context().close();
});

test("printed, a page has its words and the addresses of its links, and no chrome", async () => {
  const page = await open();
  await page.goto(`${kindsAt}en/article.html`);
  await page.emulateMedia({ media: "print" });
  for (const chrome of [".site-header", ".navigation", ".on-this-page", ".site-footer", ".copy", ".previous-next"]) {
    assert.equal(await page.locator(`${chrome}:visible`).count(), 0, chrome);
  }
  assert.ok(await page.getByText("In the second.").isVisible());
  const after = await page.evaluate(() => getComputedStyle(document.querySelector('.article a[href="https://example.com/"]'), "::after").content);
  assert.match(after, /attr\(href\)|https:\/\/example\.com\//);
  await page.context().close();
});

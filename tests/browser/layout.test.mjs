// Pages fit their screens, nothing moves while they load, and they are light.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, EVERY_KIND, pagesToRead } from "./support/site.mjs";

let browser, kinds, kindsAt, demonstration, demonstrationAt;

before(async () => {
  kinds = build(EVERY_KIND);
  demonstration = build();
  kindsAt = await serve(kinds);
  demonstrationAt = await serve(demonstration);
  browser = await launch();
});
after(() => browser?.close());

test("nothing is wider than a small phone", async () => {
  const context = await browser.newContext({ ...SCREENS.phone, viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const pages = [
    ...pagesToRead(kinds).map((path) => kindsAt + path),
    ...pagesToRead(demonstration).filter((path) => /^de\//.test(path)).map((path) => demonstrationAt + path),
  ];
  for (const address of pages) {
    await page.goto(address);
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 640 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${address} is ${wide} px too wide at ${width}`);
    }
  }
  await context.close();
});

test("nothing moves when pictures come late", async () => {
  for (const screen of ["phone", "desktop"]) {
    const context = await browser.newContext(SCREENS[screen]);
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.route("**/*.{png,svg}", async (route) => {
      await new Promise((done) => setTimeout(done, 150));
      await route.continue();
    });
    for (const address of [`${kindsAt}en/article.html`, `${demonstrationAt}no/diary/learn/screen/calendar-views.html`]) {
      await page.goto(address);
      await page.evaluate(async () => {
        const pause = () => new Promise((done) => setTimeout(done, 120));
        for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
          scrollTo({ top: y, behavior: "instant" });
          await pause();
        }
        await pause();
      });
      const moved = await page.evaluate(() => window.moved);
      assert.ok(moved < 0.01, `${address} on ${screen}: ${moved}`);
    }
    await context.close();
  }
});

test("HTML, CSS and JavaScript of a page take at most 30 kB", async () => {
  const heaviest = { path: "", bytes: 0 };
  const weight = (path) => gzipSync(readFileSync(path), { level: 9 }).length;
  for (const path of pagesToRead(demonstration)) {
    const html = readFileSync(join(demonstration, path), "utf8");
    const parts = [...html.matchAll(/<(?:script[^>]* src|link[^>]*rel="stylesheet"[^>]* href)="([^"]+)"/g)].map(([, address]) => address);
    const files = parts.map((address) => join(demonstration, new URL(address, `http://x/${path}`).pathname));
    const bytes = [join(demonstration, path), ...files].map(weight).reduce((sum, part) => sum + part, 0);
    if (bytes > heaviest.bytes) Object.assign(heaviest, { path, bytes });
    // The list of all pages is a page of search, and has its style.
    const sheets = parts.filter((address) => address.endsWith(".css") && !address.endsWith("search.css"));
    assert.equal(sheets.length, 1, path);
  }
  console.log(`heaviest page: ${heaviest.path}, ${heaviest.bytes} bytes compressed`);
  assert.ok(heaviest.bytes <= 30_000, `${heaviest.path}: ${heaviest.bytes}`);
});

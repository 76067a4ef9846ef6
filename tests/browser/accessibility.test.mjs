// No barrier that axe-core can find: every kind of page, both schemes, phone and desktop, left to right and right to left.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, EVERY_KIND } from "./support/site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const DEMONSTRATION = [
  "no/index.html",
  "no/diary/index.html",
  "no/diary/learn/first-week.html",
  "no/diary/learn/time-zones.html",
  "no/hjelp/writing.html",
  "no/404.html",
  "en-xb/diary/index.html",
  "en-xb/diary/learn/follow-ups.html",
  "en-xa/diary/learn/first-week.html",
];
const KINDS = ["en/article.html", "ar/index.html", "ar/article.html", "ar/lesson.html", "ar/only.html", "ar/404.html", "en/print.html"];

let browser, addresses;

before(async () => {
  const sites = [await serve(build(undefined, ["--pseudo"])), await serve(build(EVERY_KIND))];
  addresses = [...DEMONSTRATION.map((path) => sites[0] + path), ...KINDS.map((path) => sites[1] + path)];
  browser = await launch();
});
after(() => browser?.close());

for (const colorScheme of ["light", "dark"]) {
  for (const screen of ["phone", "desktop"]) {
    test(`${screen}, ${colorScheme}`, async () => {
      const context = await browser.newContext({ ...SCREENS[screen], colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      for (const address of addresses) {
        assert.ok((await page.goto(address)).ok(), `no page ${address}`);
        // What is folded or closed counts too.
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
          const navigation = document.getElementById("hjelp-navigation");
          if (navigation && getComputedStyle(navigation).display === "none") navigation.showPopover();
        });
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"] });
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
        });
        assert.deepEqual(found, [], address);
      }
      await context.close();
    });
  }
}

test("dialogs have no barriers either", async () => {
  const context = await browser.newContext({ ...SCREENS.desktop, colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(addresses.find((address) => address.endsWith("en/article.html")));
  const check = async (what) => {
    await page.evaluate(axe);
    const found = await page.evaluate(async () => (await axe.run("dialog[open]")).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(found, [], what);
  };
  await page.keyboard.press("?");
  await check("shortcuts");
  await page.keyboard.press("Escape");
  await page.click("a.lightbox");
  await check("picture");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.className), "lightbox");
  await context.close();
});

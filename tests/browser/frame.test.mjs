// Every kind of page stands in its frame, says nothing on the console.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, htmlFiles } from "./support/site.mjs";

let browser, site, address;

before(async () => {
  site = build();
  address = await serve(site);
  browser = await launch();
});
after(() => browser?.close());

test("pages load without errors", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.route((url) => !url.href.startsWith(address), (route) => route.fulfill({ status: 204 }));
  for (const path of htmlFiles(site).filter((path) => /^(en|no)\//.test(path))) {
    await page.goto(address + path);
    assert.deepEqual(complaints, [], path);
  }
  await page.close();
});

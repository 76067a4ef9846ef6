// An independent validator finds no error in any page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build, EVERY_KIND, htmlFiles } from "./support/site.mjs";
import { complaints } from "./support/validator.mjs";

// The demonstration's other languages have the same pages: `npm run validity` looks at those too.
const WHOLE = process.env.HJELP_WHOLE !== undefined;

for (const [name, root] of [["the demonstration", undefined], ["one of everything", EVERY_KIND]]) {
  test(name, async () => {
    const site = build(root);
    const found = await complaints(site, htmlFiles(site).filter((path) => WHOLE || !/^(da|de|nl|sv|en)\//.test(path) || root));
    assert.deepEqual(found.slice(0, 20), [], `${found.length} errors`);
  });
}

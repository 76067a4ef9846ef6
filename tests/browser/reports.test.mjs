// What `hjelp check` writes for other programs is what they expect: SARIF by its published schema.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv";
import { folder, HJELP, REPOSITORY } from "./support/site.mjs";

const schema = JSON.parse(readFileSync(new URL("schemas/sarif-schema-2.1.0.json", import.meta.url), "utf8"));
const formats = { uri: (text) => URL.canParse(text), "uri-reference": (text) => URL.canParse(text, "https://a.example/"), "date-time": true };
// One pattern of the schema is none in the stricter way of reading them.
const valid = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(schema);

const sarif = (root, ...args) => {
  const run = spawnSync(HJELP, ["check", "--format", "sarif", ...args], { cwd: root, encoding: "utf8" });
  assert.ok([0, 1, 2].includes(run.status), run.stderr);
  const log = JSON.parse(run.stdout);
  assert.ok(valid(log), JSON.stringify(valid.errors?.slice(0, 5), null, 1));
  return log.runs[0];
};

const site = (files) => {
  const root = folder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

test("a site with every kind of place gives a valid log", () => {
  const page = "# Side\r\n\r\n[a](borte.md) 😀 [b](Ny%20side.html)\r\n\r\n[!include[x](includes/del.md)]\r\n\r\n[1]: x.md\r\n[1]: x.md\r\n";
  const root = site({
    "content/no/blåbær og [mer].md": page,
    "content/no/index.md": "\uFEFF# Hjem\n\n### Hopp\n\n![](Bilde.png)\n",
    "content/no/bilde.png": "x",
    "content/no/ny side.md": "# Ny\n\n<a id=\"a\"></a>A\n\n<p id=\"a\">B</p>\n",
    "content/no/includes/del.md": "[x](#ingen) og \u0007[y](../ut.md)\n",
    "content/en/index.md": "# Home\n\n### Jump\n\n![](Bilde.png)\n",
    "content/en/tom.md": Buffer.from([0xe5, 0x0a]),
  });
  const { results, tool } = sarif(root);
  assert.ok(results.length > 8, JSON.stringify(results));
  assert.ok(results.some((result) => result.fixes) && results.some((result) => result.relatedLocations));
  for (const { ruleId, ruleIndex } of results) {
    assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
  }
});

test("a site without a problem, and one that cannot be read, give valid logs too", () => {
  assert.deepEqual(sarif(site({ "content/en/index.md": "# Home\n" })).results, []);
  const [{ ruleId }] = sarif(site({ "hjelp.yml": "titel: x\n", "content/en/index.md": "# Home\n" })).results;
  assert.equal(ruleId, "unknown-key");
});

test("the demonstration gives a valid log", () => {
  sarif(REPOSITORY);
});

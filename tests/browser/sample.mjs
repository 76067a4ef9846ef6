// Validates pages of a large site: node sample.mjs <site folder> [how many]. Which ones depends on their paths alone, so that a run can be
// repeated. Errors are counted by rule; for each the first places are shown.
import { createHash } from "node:crypto";
import { pagesToRead } from "./support/site.mjs";
import { complaints } from "./support/validator.mjs";

const [site, count = "500"] = process.argv.slice(2);
if (!site) throw new Error("name the folder of a finished site");
const key = (path) => createHash("sha256").update(path).digest("hex");
const pages = pagesToRead(site).sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, Number(count));
const rules = new Map();
for (const line of await complaints(site, pages)) {
  const rule = line.match(/ ([\w-]+): /)?.[1] ?? "unknown";
  rules.set(rule, [...(rules.get(rule) ?? []), line]);
}
for (const [rule, lines] of [...rules].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`${lines.length} ${rule}`);
  for (const line of lines.slice(0, 5)) console.log(`    ${line}`);
}
const total = [...rules.values()].flat().length;
console.log(`${pages.length} pages, ${total} errors`);
process.exitCode = total ? 1 : 0;

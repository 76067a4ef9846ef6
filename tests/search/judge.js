// Asks the search that readers get a set of questions with known answers. Reads a folder with `search-core.js`, the files of every language
// and `questions.json`; writes, per language and kind of question, the mean reciprocal rank, and what a question costs.
"use strict";
const { readFileSync, statSync } = require("node:fs");
const { gzipSync } = require("node:zlib");
const { runInThisContext } = require("node:vm");
const { join } = require("node:path");

const folder = process.argv[2];
runInThisContext(readFileSync(join(folder, "search-core.js"), "utf8"));

const open = (language) => {
  const sizes = new Map();
  const load = async (name) => {
    const path = join(folder, language, name + ".js");
    const text = readFileSync(path, "utf8");
    sizes.set(name, [statSync(path).size, gzipSync(text).length]);
    let taken;
    const take = hjelpSearch.take;
    hjelpSearch.take = (_, value) => (taken = value);
    runInThisContext(text);
    hjelpSearch.take = take;
    return taken;
  };
  return { sizes, engine: () => hjelpSearch.open(load) };
};

(async () => {
  const questions = JSON.parse(readFileSync(join(folder, "questions.json"), "utf8"));
  const out = [];
  for (const [language, kinds] of Object.entries(questions)) {
    const { sizes, engine } = open(language);
    const search = await engine();
    for (const [kind, list] of Object.entries(kinds)) {
      let sum = 0;
      const [raw, packed, times, missed] = [[], [], [], []];
      for (const { query, answers } of list) {
        const started = performance.now();
        const answer = await search.search(query);
        times.push(performance.now() - started);
        const shown = await search.show(answer, answer.results.slice(0, 10));
        const rank = shown.findIndex((result) => answers.includes(result.url.split("#")[0])) + 1;
        sum += rank ? 1 / rank : 0;
        if (rank !== 1) missed.push([rank, query, shown[0]?.url]);
      }
      // What one question costs a reader who has asked nothing before.
      for (const { query } of list.slice(0, 40)) {
        const fresh = open(language);
        const search = await fresh.engine();
        const answer = await search.search(query);
        await search.show(answer, answer.results.slice(0, 8));
        const all = [...fresh.sizes.values()];
        raw.push(all.reduce((total, [size]) => total + size, 0));
        packed.push(all.reduce((total, [, size]) => total + size, 0));
      }
      const most = (numbers) => Math.max(0, ...numbers);
      out.push({
        language, kind, questions: list.length, rank: list.length ? sum / list.length : 1,
        raw: most(raw), packed: most(packed), milliseconds: most(times.slice(5)),
        missed: missed.slice(0, Number(process.argv[3] ?? 0)),
      });
    }
  }
  process.stdout.write(JSON.stringify(out));
})();

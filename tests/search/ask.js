// ask.js FOLDER LANGUAGE QUESTION...: the first answer to each question, as the cases of `asked.txt` are written.
"use strict";
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");
const { join } = require("node:path");

const [folder, language, ...questions] = process.argv.slice(2);
runInThisContext(readFileSync(join(folder, "search-core.js"), "utf8"));
const load = async (name) => {
  let taken;
  const take = hjelpSearch.take;
  hjelpSearch.take = (_, value) => (taken = value);
  runInThisContext(readFileSync(join(folder, language, name + ".js"), "utf8"));
  hjelpSearch.take = take;
  return taken;
};
(async () => {
  const search = await hjelpSearch.open(load);
  for (const question of questions) {
    const answer = await search.search(question);
    const [first] = await search.show(answer, answer.results.slice(0, 1));
    const url = first ? " " + decodeURI(first.url).slice(language.length + 1).replace(/\.html/, "") : "";
    console.log(question + " =>" + url + (answer.instead ? " ~ " + answer.instead : ""));
  }
})();

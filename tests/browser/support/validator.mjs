// What html-validate says about pages. Its rules about taste are left out: they say nothing about whether HTML is right.
import { join } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: {
      // Ids are an author's words, in an author's language.
      "valid-id": ["error", { relaxed: true }],
      // Trailing blanks, quotes and closed void elements are an author's matter in hand-written HTML.
      "no-trailing-whitespace": "off",
      "attr-quotes": "off",
      "void-style": "off",
      "attr-case": "off",
      "element-case": "off",
      "no-raw-characters": "off",
      "no-inline-style": "off",
      "no-implicit-button-type": "off",
      "long-title": "off",
      "attribute-boolean-style": "off",
      "attribute-empty-style": "off",
      "no-implicit-close": "error",
      "doctype-style": "off",
      // A search field is sent with Enter.
      "wcag/h32": "off",
      // Of the two lists of headings the style sheet shows one.
      "unique-landmark": "off",
    },
  }),
);

/** One line for each error in the pages `paths` of `site`. */
export const complaints = async (site, paths) => {
  const lines = [];
  for (const path of paths) {
    const report = await validator.validateFile(join(site, path));
    for (const { messages } of report.results) {
      for (const message of messages.filter((message) => message.severity === 2)) {
        lines.push(`${path}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
      }
    }
  }
  return lines;
};

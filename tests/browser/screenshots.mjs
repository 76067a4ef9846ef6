// Takes pictures of pages, to be looked at: node screenshots.mjs [folder for pictures] [site folder]. Without a site, the demonstration is built.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, REPOSITORY } from "./support/site.mjs";
import { preview } from "./support/preview.mjs";

// Words with `--page=` and `--only=` choose pages and looks.
const [target = "screenshots", built] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const only = process.argv.find((word) => word.startsWith("--only="))?.slice("--only=".length);
const pages = process.argv.filter((word) => word.startsWith("--page=")).map((word) => word.slice("--page=".length));

const DEMONSTRATION = [
  "no/index.html",
  "de/index.html",
  "no/hjelp/writing.html",
  "en/hjelp/theme.html",
  "no/hjelp/configuration.html",
  "de/diary/learn/index.html",
  "no/diary/learn/index.html",
  "no/diary/learn/first-week.html",
];

const LOOKS = [
  { name: "desktop", screen: "desktop", colorScheme: "light" },
  { name: "desktop-dark", screen: "desktop", colorScheme: "dark" },
  { name: "phone", screen: "phone", colorScheme: "light" },
  { name: "phone-dark", screen: "phone", colorScheme: "dark" },
  { name: "print", screen: "desktop", colorScheme: "light", media: "print" },
];

// The picture of the README: `node screenshots.mjs --readme`.
const README = { path: "no/diary/learn/follow-ups.html", file: "content/media/norwegian-page.png" };

const EXAMPLE_EN = {
  "index.md": "# Follow-ups\n\nA follow-up reminds you of what you have promised.\n\n## New follow-up\n\nOpen the [diary](Diary.md) and choose **New**.\n\n## Postpone\n\nDrag it to another day.\n",
  "diary.md": "# Diary\n\nYour days and weeks.\n",
};
const EXAMPLE_NO = {
  "index.md": "# Oppfølginger\n\nEn oppfølging minner deg om det du har lovet.\n\n## Ny oppfølging\n\nÅpne [dagboken](Diary.md) og velg **Ny**. Du kan også trykke på en ledig tid i kalenderen, og skrive der.\n\n## Utsett\n\nDra den til en annen dag.\n",
  "diary.md": "# Dagbok\n\nDagene og ukene dine.\n",
};

const isPreview = process.argv.includes("--preview");
if (!isPreview) mkdirSync(target, { recursive: true });
const address = isPreview ? "" : await serve(built ?? build());
const browser = await launch();
if (process.argv.includes("--readme")) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(address + README.path);
  // A font that Chromium's packages bring along, so that the picture does not depend on the machine.
  await page.addStyleTag({ content: ":root { --font: 'Liberation Sans', sans-serif; }" });
  await page.screenshot({ path: join(REPOSITORY, README.file) });
  await browser.close();
  process.exit(0);
}
// The pictures of the manual's page about the preview: `node screenshots.mjs --preview`.
if (isPreview) {
  const content = { en: EXAMPLE_EN, no: EXAMPLE_NO };
  const files = { "hjelp.yml": "title:\n  en: Lyngvik CRM Help\n  \"no\": Lyngvik CRM Hjelp\ndefault-locale: en\n" };
  for (const [language, texts] of Object.entries(content)) {
    for (const [path, text] of Object.entries(texts)) files[`content/${language}/${path}`] = text;
  }
  const serving = await preview(files);
  for (const language of Object.keys(content)) {
    mkdirSync(join(REPOSITORY, `content/${language}/hjelp/media`), { recursive: true });
    const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
    const picture = (name) => page.screenshot({ path: join(REPOSITORY, `content/${language}/hjelp/media/${name}.png`) });
    const font = { content: ":root { --font: 'Liberation Sans', sans-serif; }" };
    await page.goto(`${serving.address}${language}/index.html`);
    await page.addStyleTag(font);
    await page.locator("hjelp-preview .marker").first().waitFor();
    await page.click("hjelp-preview .badge");
    await picture("preview-problems");
    const other = language === "en" ? "no" : "en";
    await page.goto(`${serving.address}_hjelp/side?page=/${language}/index.html&left=${language}&right=${other}`);
    await page.waitForFunction(() => document.documentElement.dataset.aligned);
    for (const frame of page.frames().slice(1)) await frame.addStyleTag(font);
    await page.evaluate(() => dispatchEvent(new Event("resize")));
    await picture("preview-side");
    await page.close();
  }
  serving.end();
  await browser.close();
  process.exit(0);
}
for (const look of LOOKS.filter((look) => !only || look.name === only)) {
  const context = await browser.newContext({ ...SCREENS[look.screen], colorScheme: look.colorScheme });
  const page = await context.newPage();
  for (const path of pages.length ? pages : DEMONSTRATION) {
    const answer = await page.goto(address + path);
    if (!answer.ok()) {
      console.error(`no page ${path}`);
      continue;
    }
    if (look.media) await page.emulateMedia({ media: look.media });
    const name = `${path.replace(/\.html$/, "").replaceAll("/", "-")}-${look.name}.png`;
    await page.screenshot({ path: join(target, name), fullPage: true });
    console.log(name);
  }
  await context.close();
}
await browser.close();

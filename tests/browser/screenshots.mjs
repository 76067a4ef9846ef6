// Takes pictures of pages, to be looked at: node screenshots.mjs [folder for pictures] [site folder]. Without a site, the demonstration is built.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, SCREENS } from "./support/chromium.mjs";
import { serve } from "./support/server.mjs";
import { build, REPOSITORY } from "./support/site.mjs";

// Words with `--page=` and `--only=` choose pages and looks.
const [target = "screenshots", site = build()] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
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

mkdirSync(target, { recursive: true });
const address = await serve(site);
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

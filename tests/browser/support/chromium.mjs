// A browser to test in: Debian's Chromium, or the one named by CHROMIUM. It is quiet: it updates nothing and asks nobody.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const executable = () =>
  [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path && existsSync(path),
  );

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser with a profile of its own. Close it when the tests are over: `after(() => browser.close())`. */
export const launch = (args = []) => chromium.launch({ executablePath: executable(), args: [...QUIET, ...args] });

/** Screens a page must fit. */
export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
};

// Sites to look at: built by the program that HJELP names, or the one `cargo build` left, into a folder that goes away by itself.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository, whose own help site is the demonstration. */
export const REPOSITORY = resolve(fileURLToPath(new URL("../../..", import.meta.url)));

/** A small site with one of everything, in English and Arabic. */
export const EVERY_KIND = fileURLToPath(new URL("../sites/every-kind", import.meta.url));

/** The program under test. */
export const HJELP = resolve(process.env.HJELP ?? join(REPOSITORY, "target/debug/hjelp"));

/** A folder that is gone when the process is. */
export const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "hjelp-browser-"));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** Builds the site whose `hjelp.yml` lies in `root` (the demonstration, if none is named), and gives the folder it was built into. */
export const build = (root = REPOSITORY, args = []) => {
  const out = join(folder(), "site");
  execFileSync(HJELP, ["build", "--out", out, ...args], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return out;
};

/** Every HTML file below `site`, with `/` between folders, sorted. */
export const htmlFiles = (site) =>
  readdirSync(site, { recursive: true })
    .filter((path) => path.endsWith(".html"))
    .map((path) => path.split(sep).join("/"))
    .sort();

/** Those that do not only lead on to another. */
export const pagesToRead = (site) => htmlFiles(site).filter((path) => !readFileSync(join(site, path), "utf8").includes('http-equiv="refresh"'));

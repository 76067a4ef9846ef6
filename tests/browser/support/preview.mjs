// A preview to write in: `hjelp serve` over a folder that goes away by itself.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder, HJELP } from "./site.mjs";

/** Starts a preview of a site with these files, and gives its address, which ends in `/`, a way to save files, and one to end it. */
export const preview = async (files) => {
  const root = folder();
  const save = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) save(path, text);
  return start(root, save, "0");
};

const start = async (root, save, port) => {
  const child = spawn(HJELP, ["serve", "--port", port, root], { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill());
  const address = await new Promise((ready, failed) => {
    let said = "";
    child.on("exit", () => failed(new Error(`no preview: ${said}`)));
    child.stdout.on("data", (text) => {
      said += text;
      const found = /http:\/\/localhost:\d+\//.exec(said);
      if (found) ready(found[0]);
    });
  });
  const end = () => {
    child.removeAllListeners("exit");
    child.kill("SIGINT");
  };
  return { root, address, save, end };
};

/** Starts another preview where one has ended. */
preview.again = ({ root, save, address }) => start(root, save, new URL(address).port);

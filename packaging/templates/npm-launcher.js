#!/usr/bin/env node
// Starts the program that npm installed for this system, and ends as it ends. Fetches nothing and writes nothing.
"use strict";

const { spawn } = require("node:child_process");

// glibc reports its version; a Linux without one runs on musl. The same test as npm's own for `libc` in a package.json.
function isMusl() {
    return process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
}

function program() {
    const suffix = isMusl() ? "-musl" : "";
    const name = `@hjelp/${process.platform}-${process.arch}${suffix}`;
    const file = process.platform === "win32" ? "hjelp.exe" : "hjelp";
    try {
        return require.resolve(`${name}/bin/${file}`);
    } catch {
        console.error(`hjelp: the package ${name} is not installed.`);
        console.error("Install hjelp again without --omit=optional or --no-optional. If there is no such package, hjelp");
        console.error(`is not released for ${process.platform} on ${process.arch}; \`cargo install hjelp\` compiles it.`);
        process.exit(1);
    }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });
child.on("error", (error) => {
    console.error(`hjelp: the program can't be started: ${error.message}`);
    process.exit(1);
});
// Ctrl+C reaches both processes; the launcher waits, so that the program can end in its own way.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
}
child.on("exit", (code, signal) => {
    if (signal) {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
        return;
    }
    process.exit(code);
});

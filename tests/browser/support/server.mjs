// A static host with the manners of a good one: compression, types, the 404 page, and headers a test asks for.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
};

const COMPRESSED = /^text|json|xml|javascript/;

/** Serves `site` on a free port as long as the process lives, and gives its address, which ends in `/`. */
export const serve = async (site, headers = {}) => {
  const server = createServer((request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    let path = join(site, asked);
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
    const found = existsSync(path);
    if (!found) path = join(site, "404.html");
    if (!existsSync(path)) return response.writeHead(404).end();
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    const caching = type.startsWith("text/html") ? "no-cache" : "public, max-age=31536000, immutable";
    const compress = COMPRESSED.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const own = typeof headers === "function" ? headers(asked) : headers;
    const all = { "content-type": type, "cache-control": caching, "x-content-type-options": "nosniff", ...own };
    if (compress) all["content-encoding"] = "gzip";
    response.writeHead(found ? 200 : 404, all);
    const bytes = createReadStream(path);
    (compress ? bytes.pipe(createGzip({ level: 9 })) : bytes).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
};

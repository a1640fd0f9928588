// Asks Lighthouse about web pages: `node lighthouse.mjs CHROMIUM file…` serves each page on the loopback, where
// Lighthouse sees what a visitor's browser sees, and prints one line of JSON for each page and device: the score
// of each category, and the audits that cost points.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const onlyCategories = ["accessibility", "best-practices", "seo"];
const [chromePath, ...files] = process.argv.slice(2);
const asRoot = process.getuid?.() === 0;
const pages = new Map(files.map((file, index) => [`/${index}.html`, file]));
const server = createServer((request, response) => {
  const file = pages.get(request.url);
  response.writeHead(file ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  response.end(file && readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const chrome = await launch({
  chromePath, chromeFlags: ["--headless=new", "--disable-quic", ...(asRoot ? ["--no-sandbox"] : [])],
});

for (const [path, file] of pages) {
  for (const device of ["phone", "desktop"]) {
    const url = `http://127.0.0.1:${server.address().port}${path}`;
    const settings = {
      port: chrome.port, onlyCategories, logLevel: "silent", throttlingMethod: "provided", disableFullPageScreenshot: true,
    };
    const { lhr } = await lighthouse(url, settings, device === "desktop" ? desktopConfig : undefined);
    console.log(JSON.stringify({ file, device, ...judged(lhr) }));
  }
}
chrome.kill();
server.close();

function judged({ categories, audits }) {
  const scores = {};
  const lost = [];
  for (const { id, score, auditRefs } of Object.values(categories)) {
    scores[id] = score === null ? null : Math.round(100 * score);
    for (const { id: audit, weight } of auditRefs) {
      if (weight > 0 && audits[audit].score !== null && audits[audit].score < 1) {
        lost.push(`${audit}: ${audits[audit].title}`);
      }
    }
  }
  return { scores, lost };
}

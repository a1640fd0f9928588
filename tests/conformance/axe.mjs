// Asks axe-core about web pages: `node axe.mjs CHROMIUM file…` prints one line of JSON for each page, width,
// colour scheme and state: what violates WCAG 2.2 AA, what was fetched, and whether the page scrolls sideways.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const [executablePath, ...files] = process.argv.slice(2);
const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath, args: asRoot ? ["--no-sandbox"] : [] });

for (const file of files) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 360, 1440]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      const fetched = [];
      page.on("request", (request) => fetched.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(axe);
      await tell(page, { file, width, colorScheme, state: "closed" }, fetched);
      if (await page.evaluate(openFirstNote)) {
        await tell(page, { file, width, colorScheme, state: "note open" }, fetched);
      }
      await page.close();
    }
  }
}
await browser.close();

async function tell(page, place, fetched) {
  const found = await page.evaluate((only) => window.axe.run({ runOnly: only }), rules);
  const violations = found.violations.map(({ id, help, nodes }) => ({
    rule: id, help, where: nodes.map((node) => node.target.join(" ")),
  }));
  const overflow = await page.evaluate(
    () => document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
  );
  const outside = fetched.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:")).slice(1);
  console.log(JSON.stringify({ ...place, passed: found.passes.length, violations, overflow, fetched: outside }));
}

function openFirstNote() {
  const call = document.querySelector("[role=doc-noteref]");
  call?.click();
  return call !== null;
}

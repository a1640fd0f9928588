// Watches briefs as an editor does: `node preview.mjs CHROMIUM ADDRESS BRIEF TEMPLATE` edits the files, looks at what
// the browser shows, and prints it as one line of JSON. BRIEF has the slug of its folder.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const [executablePath, address, brief, template] = process.argv.slice(2);
const slug = basename(dirname(brief));
const patience = { timeout: 90_000 };
const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath, args: asRoot ? ["--no-sandbox"] : [] });
const seen = { axe: {}, blocked: [], errors: [] };
const good = readFileSync(brief, "utf8");

for (const colorScheme of ["light", "dark"]) {
  await look(colorScheme);
}
await browser.close();
console.log(JSON.stringify(seen));

async function look(colorScheme) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 600 }, bypassCSP: false });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && message.text().includes("Content Security Policy")) {
      seen.blocked.push(message.text());
    }
  });
  await page.goto(address);
  await judge(page, `index, ${colorScheme}`);
  await page.keyboard.press("Tab");
  seen.firstOfIndex = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/${slug}/`);
  await judge(page, `page, ${colorScheme}`);

  await page.evaluate(() => scrollTo({ top: 400, behavior: "instant" }));
  const start = Date.now();
  writeFileSync(brief, good.replace("have fallen", "have risen"));
  await page.waitForFunction(() => document.body?.textContent.includes("have risen"), null, patience);
  seen.edit = Date.now() - start;
  await page.waitForFunction(() => scrollY > 0, null, patience);
  seen.scroll = await page.evaluate(() => scrollY);

  writeFileSync(brief, good.replace("[^gauge]:", "[^<b>other</b>]:"));
  await page.waitForFunction(panelOpen, true, patience);
  seen.problem = await page.evaluate(shadowText);
  seen.bold = await page.evaluate(() => document.body.firstElementChild.shadowRoot.querySelectorAll("b").length);
  seen.below = await page.evaluate(() => document.body.textContent.includes("have risen"));
  seen.alert = await page.evaluate(() =>
    document.body.firstElementChild.shadowRoot.querySelector("[role=alert]").textContent);
  await judge(page, `overlay, ${colorScheme}`);
  await page.setViewportSize({ width: 320, height: 600 });
  await judge(page, `overlay when narrow, ${colorScheme}`);
  await page.setViewportSize({ width: 1280, height: 600 });

  await page.evaluate(() => document.activeElement.blur());
  seen.tabs = [];
  for (let tab = 0; tab < 2; tab++) {
    await page.keyboard.press("Tab");
    seen.tabs.push(await page.evaluate(focusedInShadow));
  }
  await page.keyboard.press("Escape");
  await page.waitForFunction(panelOpen, false, patience);
  seen.afterEscape = await page.evaluate(focusedInShadow);
  await judge(page, `overlay hidden, ${colorScheme}`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(panelOpen, true, patience);
  seen.afterEnter = await page.evaluate(focusedInShadow);

  writeFileSync(brief, good);
  await page.waitForFunction(() => document.body?.textContent.includes("have fallen"), null, patience);
  await page.waitForFunction(panelOpen, false, patience);
  seen.gone = await page.evaluate(shadowText);

  const house = readFileSync(template, "utf8");
  writeFileSync(template, house.replace("Institute for Neighbourhood Policy", "House of Tests"));
  await page.waitForFunction(() => document.body?.textContent.includes("House of Tests"), null, patience);
  writeFileSync(template, house);
  await page.waitForFunction(() => !document.body?.textContent.includes("House of Tests"), null, patience);
  seen.template = true;
  await page.close();
}

async function judge(page, name) {
  // The page's policy lets no script in but its own; the protocol of the browser asks for no leave.
  await page.evaluate(axe);
  const found = await page.evaluate((only) => window.axe.run({ runOnly: only }), rules);
  seen.axe[name] = {
    passed: found.passes.length,
    violations: found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) =>
      `${id} ${target.flat().join(" ")} ${any[0]?.message ?? ""}`)),
  };
}

function panelOpen(open) {
  const panel = document.body?.firstElementChild.shadowRoot?.querySelector(".problems");
  return panel ? panel.hidden !== open : false;
}

function shadowText() {
  return document.body.firstElementChild.shadowRoot.querySelector("ol").textContent;
}

function focusedInShadow() {
  const focused = document.activeElement?.shadowRoot?.activeElement;
  return focused ? focused.textContent.slice(0, 10) || focused.className : null;
}

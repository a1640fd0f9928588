// Asks axe-core about web pages: `node axe.mjs CHROMIUM file-or-address…` prints one line of JSON for each page, width,
// colour scheme and state: what violates WCAG 2.2 AA, what axe-core could not decide, what was fetched or
// blocked, and whether the page scrolls sideways. At some widths only the last is asked.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const widths = [320, 360, 768, 1440];
const judgedWidths = [360, 1440];
const settled = ["bgGradient", "elmPartiallyObscured"];
const [executablePath, ...files] = process.argv.slice(2);
const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath, args: asRoot ? ["--no-sandbox"] : [] });

const schemes = ["light", "dark"];
await Promise.all(schemes.map(async (colorScheme) => {
  for (const file of files) {
    await look(file, colorScheme);
  }
}));
await browser.close();

async function look(file, colorScheme) {
  const page = await browser.newPage({ colorScheme });
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.addInitScript(collectBlocked);
  await page.goto(/^https?:/.test(file) ? file : pathToFileURL(file).href);
  await page.evaluate(axe);
  for (const state of ["closed", "note open"]) {
    if (state === "note open" && !(await page.evaluate(openFirstNote))) {
      continue;
    }
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await tell(page, { file, width, colorScheme, state }, fetched);
    }
  }
  await page.close();
}

async function tell(page, place, fetched) {
  const judged = judgedWidths.includes(place.width) ? await judge(page) : null;
  const overflow = await page.evaluate(
    () => document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
  );
  const blocked = await page.evaluate(() => window.blockedByPolicy);
  const outside = fetched.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:")).slice(1);
  console.log(JSON.stringify({ ...place, judged, overflow, fetched: outside, blocked }));
}

async function judge(page) {
  const found = await page.evaluate((only) => window.axe.run({ runOnly: only }), rules);
  const undecided = faults(found.incomplete);
  const toSettle = undecided.filter(({ reason }) => settled.includes(reason)).map(({ rule }) => rule);
  const plain = toSettle.length > 0
    ? await page.evaluate(onPlainGround, [...new Set(toSettle)]) : { violations: [], incomplete: [] };
  return {
    passed: found.passes.length,
    violations: [...faults(found.violations), ...faults(plain.violations)],
    incomplete: [...undecided.filter(({ reason }) => !settled.includes(reason)), ...faults(plain.incomplete)],
  };
}

function faults(results) {
  return results.flatMap(({ id, nodes }) => nodes.map((node) => ({
    rule: id,
    reason: [...node.any, ...node.all, ...node.none].map(({ data, message }) => data?.messageKey ?? message)[0],
    where: node.target.flat().join(" "),
    html: node.html,
  })));
}

// axe-core does not judge text on a gradient, nor text that is cut off where its table scrolls. No point of a
// gradient is lighter or darker than all colours it is mixed from: text that stands out from each of them, laid
// flat, stands out everywhere. And what is cut off is judged with nothing cut off.
async function onPlainGround(rules) {
  const all = [...document.querySelectorAll("body *")].map((element) => {
    const { backgroundImage, overflowX } = getComputedStyle(element);
    const colours = backgroundImage.includes("gradient") ? backgroundImage.match(/[a-z]+\([^()]*\)/g) : [];
    return { element, style: element.getAttribute("style"), colours, scrolls: overflowX === "auto" };
  });
  const changed = all.filter(({ colours, scrolls }) => colours.length > 0 || scrolls);
  const shaded = all.filter(({ colours }) => colours.length > 0);
  for (const { element } of changed.filter(({ scrolls }) => scrolls)) {
    element.style.setProperty("overflow", "visible", "important");
  }
  const rounds = Math.max(1, ...shaded.map(({ colours }) => colours.length));
  const found = { violations: [], incomplete: [] };
  for (let round = 0; round < rounds; round++) {
    for (const { element, colours } of shaded) {
      element.style.setProperty("background", colours[round % colours.length], "important");
    }
    const judged = await window.axe.run({ runOnly: { type: "rule", values: rules } });
    found.violations.push(...judged.violations);
    found.incomplete.push(...judged.incomplete);
  }
  for (const { element, style } of changed) {
    style === null ? element.removeAttribute("style") : element.setAttribute("style", style);
  }
  return found;
}

function collectBlocked() {
  window.blockedByPolicy = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    window.blockedByPolicy.push(`${violatedDirective} ${blockedURI}`);
  });
}

function openFirstNote() {
  const call = document.querySelector("[role=doc-noteref]");
  call?.click();
  return call !== null;
}

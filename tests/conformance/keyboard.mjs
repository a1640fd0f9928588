// Goes through web pages with the Tab key: `node keyboard.mjs CHROMIUM address…` prints one line of JSON for each
// page: the links in the order of the document, the links in the order of the focus, those whose focus cannot be
// seen, and where the reader is after following the first one with Enter.
import { chromium } from "playwright-core";

const [executablePath, ...addresses] = process.argv.slice(2);
const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath, args: asRoot ? ["--no-sandbox"] : [] });
const page = await browser.newPage();

for (const address of addresses) {
  await page.goto(address);
  const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((one) => one.outerHTML));
  const reached = [];
  const unseen = [];
  for (const _ of links) {
    await page.keyboard.press("Tab");
    const { html, outline } = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return { html: document.activeElement.outerHTML, outline: outlineStyle === "none" ? 0 : parseFloat(outlineWidth) };
    });
    reached.push(html);
    if (outline < 2) {
      unseen.push(html);
    }
  }
  await page.goto("about:blank");
  await page.goto(address);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  console.log(JSON.stringify({ address, links, reached, unseen, first: page.url() }));
}
await browser.close();

// Takes pictures of web pages: `node pictures.mjs CHROMIUM < views` reads a JSON list of views, each with a page
// (`file`), `width`, `height` at most, `scheme` and the PNG to write (`picture`).
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const views = JSON.parse(readFileSync(0, "utf8"));
const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath: process.argv[2], args: asRoot ? ["--no-sandbox"] : [] });

for (const { file, width, height, scheme, picture } of views) {
  const page = await browser.newPage({
    colorScheme: scheme, reducedMotion: "reduce", viewport: { width, height: 900 },
  });
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => document.fonts.ready);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(height, whole) };
  await page.screenshot({ path: picture, fullPage: true, clip });
  await page.close();
}
await browser.close();

// Chromium, the pages that the tests open in it, and what they ask of a page.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The modules lie in a folder of tools, out of the way of the sources.
const modules = createRequire(pathToFileURL(join(process.env.SAYSO_BROWSER_TOOLS, "package.json")));
const { default: puppeteer } = await import(pathToFileURL(modules.resolve("puppeteer-core")));
const axe = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");

const sayso = process.env.SAYSO;

export const launch = () =>
  puppeteer.launch({ executablePath: process.env.SAYSO_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

// The report of a case; gives the address of its first page.
export const report = (folder, ...words) => {
  const output = mkdtempSync(join(tmpdir(), "sayso-report-"));
  execFileSync(sayso, ["report", folder, "-o", output, "--quiet", ...words]);
  return pathToFileURL(join(output, "report.html")).href;
};

export const print = (...words) => execFileSync(sayso, [...words, "--quiet"], { encoding: "utf8" });

// A case of a few files.
export const caseOf = (files) => {
  const folder = mkdtempSync(join(tmpdir(), "sayso-case-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

// A page with what it asked for and complained about.
export const open = async (browser, address, { width = 1200, height = 900, dark = false, script = true } = {}) => {
  const page = await browser.newPage();
  const asked = [], complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.setViewport({ width, height });
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
    // A click must not miss what is still scrolling.
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(address, { waitUntil: "load" });
  return { page, asked, complaints };
};

// What axe-core finds serious or worse, as lines.
export const faults = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
};

// Colours of a picture of a part of a page and how many pixels have each.
export const colours = async (browser, element) => {
  const picture = await element.screenshot({ encoding: "base64" });
  const page = await browser.newPage();
  const counts = await page.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = [data[at], data[at + 1], data[at + 2]].map((x) => x.toString(16).padStart(2, "0")).join("");
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  }, picture);
  await page.close();
  return counts;
};

// report.html as a reader meets it: in Chromium, with and without a script, by mouse and keyboard.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { caseOf, colours, faults, launch, open, print, report } from "./browser.mjs";

const kursk = "data/kursk-2025";
let browser, address;

before(async () => {
  browser = await launch();
  address = report(kursk);
});
after(() => browser.close());

const section = (page, heading) =>
  page.evaluateHandle(
    (heading) => [...document.querySelectorAll("section.question")].find((s) => s.textContent.includes(heading)),
    heading);
const forestOf = (root) => root.$(".forest:not([hidden]) svg.on-wide");

test("the page is at most 1 MB and opens within a second, without a word of complaint", async () => {
  assert.ok(statSync(fileURLToPath(address)).size <= 1_000_000);
  const { page, complaints } = await open(browser, address);
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  console.log(`loaded in ${loaded.toFixed(0)} ms`);
  assert.ok(loaded <= 1000, `${loaded} ms`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("nothing but the file itself is asked for, whatever is clicked", async () => {
  const { page, asked } = await open(browser, address);
  for (const summary of await page.$$("summary")) await summary.click();
  for (const button of await page.$$("th button")) await button.click();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  assert.deepEqual(asked, [address]);
  const policy = await page.$eval("meta[http-equiv]", (meta) => meta.content);
  assert.match(policy, /^default-src 'none';/);
  const fetched = await page.evaluate(() => fetch("https://example.org/").then(() => true, () => false));
  assert.equal(fetched, false);
  await page.close();
});

test("the forest plot shows its axis, its arrows and its band", async () => {
  const { page } = await open(browser, address);
  const forest = await forestOf(await section(page, "January and February 2025"));
  const seen = await forest.evaluate((svg) => {
    const box = (tag) => {
      const { left, right, top, bottom } = tag.getBoundingClientRect();
      return { left, right, top, bottom };
    };
    return {
      whole: box(svg),
      ticks: [...svg.querySelectorAll(".scale text")].slice(0, -1).map((t) => [t.textContent, box(t)]),
      arrows: [...svg.querySelectorAll(".row .arrow")].map((g) => ({
        head: box(g.querySelector(".head")), mark: box(g.querySelector("circle")),
        filled: getComputedStyle(g.querySelector("circle")).fill, open: getComputedStyle(g.querySelector(".head")).fill,
      })),
      band: box(svg.querySelector(".wide")), core: box(svg.querySelector(".half")),
      texts: [...svg.querySelectorAll("text")].map((t) => [t.textContent, box(t)]),
    };
  });
  const values = seen.ticks.map(([text]) => Number(text.replaceAll(",", "")));
  assert.ok(values.length >= 4 && values.every((value, at) => at === 0 || value > values[at - 1]), `${values}`);
  const middles = seen.ticks.map(([, box]) => box.left + box.right);
  assert.ok(middles.every((middle, at) => at === 0 || middle > middles[at - 1]));
  // "more than 1,000" and "at least 3,000" point to the right, with open heads; the first has no name behind it.
  assert.equal(seen.arrows.length, 2);
  for (const { head, mark, open } of seen.arrows) {
    assert.ok(head.left >= mark.right - 1);
    assert.equal(open, "rgb(255, 255, 255)");
  }
  assert.notEqual(seen.arrows[0].filled, seen.arrows[1].filled);
  assert.ok(seen.band.left < seen.core.left && seen.core.right < seen.band.right);
  for (const [at, [text, box]] of seen.texts.entries()) {
    assert.ok(box.left >= seen.whole.left - 1 && box.right <= seen.whole.right + 1, text);
    for (const [other, rest] of seen.texts.slice(at + 1)) {
      const apart = box.right <= rest.left || rest.right <= box.left || box.bottom <= rest.top + 3 ||
        rest.bottom <= box.top + 3;
      assert.ok(apart, `${text} over ${other}`);
    }
  }
  // What is in the document is on the screen: band, core, and enough ink for marks and words.
  const counts = await colours(browser, forest);
  assert.ok(counts["e4eef7"] > 5000, "band");
  assert.ok(counts["bcd6ec"] > 2000, "core");
  assert.ok(counts["1b1e23"] > 300, "ink");
  await page.close();
});

test("every choice answers, and the band follows", async () => {
  const { page, complaints } = await open(browser, address);
  let answers = 0, moved = 0;
  for (const explore of await page.$$(".explore")) {
    const band = () => explore.$eval(".forest:not([hidden]) .band", (group) =>
      [...group.querySelectorAll("rect")].flatMap((rect) => ["x", "width"].map((name) => rect.getAttribute(name))));
    const isSame = (one, other) =>
      one.length === other.length && one.every((x, at) => Math.abs(Number(x) - Number(other[at])) < 0.2);
    const answer = () => explore.$eval(".answer", (output) => output.textContent);
    const first = await band();
    const says = async (words) => {
      const text = await answer();
      assert.match(text, /: .+\.$/, words);
      assert.ok(text.toLowerCase().includes(words), `${text} for ${words}`);
      answers += 1;
      if (!isSame(await band(), first)) moved += 1;
    };
    for (const [name, words] of [["named", "named origins only"], ["parties", "without parties"]]) {
      const box = await explore.$(`[name=${name}]`);
      if (await box.evaluate((box) => box.disabled)) continue;
      await box.click();
      await says(words);
      await box.click();
      assert.ok(isSame(await band(), first));
    }
    for (const name of ["drop", "date"]) {
      const options = await explore.$$eval(`[name=${name}] option`, (all) => all.map((o) => [o.value, o.textContent]));
      const id = await explore.$eval(`[name=${name}]`, (select) => `#${select.id}`);
      for (const [value, text] of options.slice(1)) {
        await page.select(id, value);
        await says(text.toLowerCase());
      }
      await page.select(id, "0");
      assert.equal(await answer(), "");
      assert.ok(isSame(await band(), first));
    }
    await (await explore.$("button[type=reset]")).click();
  }
  assert.ok(answers > 60 && moved > 50, `${answers} answers, ${moved} other bands`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("an answer is the one that the program gives", async () => {
  const { page } = await open(browser, address);
  const root = await section(page, "January and February 2025");
  const id = await root.$eval("[name=date]", (select) => `#${select.id}`);
  const past = await root.$$eval("[name=date] option", (all) =>
    all.find((option) => option.textContent === "27 February 2025").value);
  await page.select(id, past);
  const shown = await root.$eval(".forest:not([hidden]) svg.on-wide .sum-main", (text) => text.textContent);
  const timeline = print("timeline", kursk, "--question", "kursk_reinforcement", "--format", "csv");
  const [, , low, , , , high] = timeline.split("\n").find((line) => line.includes("2025-02-27")).split(",");
  const near = (text, value) => Math.abs(Number(text.replace(",", "")) / Number(value) - 1) < 0.006;
  const [, from, to] = shown.match(/^([\d,]+) to ([\d,]+) people$/);
  assert.ok(near(from, low) && near(to, high), `${shown} for ${low} to ${high}`);
  const origins = await root.$$eval(".forest:not([hidden]) svg.on-wide .row", (rows) => rows.length);
  assert.equal(origins, 3);
  await page.close();
});

test("a choice that was not computed says so", async () => {
  // The page with a hole in its answers, as a case with many questions has them.
  const text = readFileSync(fileURLToPath(address), "utf8");
  const holed = text.replaceAll(/"answers":\[0,[-\d,]+\]/g, (all) => all.replaceAll(/,\d+/g, ",-1"));
  assert.notEqual(holed, text);
  const copy = join(mkdtempSync(join(tmpdir(), "sayso-holed-")), "report.html");
  writeFileSync(copy, holed);
  const { page, complaints } = await open(browser, pathToFileURL(copy).href);
  await (await page.$(".explore [name=named]")).click();
  const says = await page.$eval(".answer", (output) => output.textContent);
  assert.equal(says, "Named origins only: this combination was not computed.");
  assert.equal(await page.$eval(".forest:not([hidden]) .band", (group) => group.childElementCount), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the keyboard reaches the choices and works them", async () => {
  const { page } = await open(browser, address);
  await page.focus(".explore [name=named]");
  await page.keyboard.press("Space");
  assert.match(await page.$eval(".answer", (output) => output.textContent), /^Named origins only/);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.name), "parties");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  assert.match(await page.$eval(".answer", (output) => output.textContent), /without /);
  await page.close();
});

test("claims are filtered and sorted", async () => {
  const { page } = await open(browser, address);
  const root = await section(page, "January and February 2025");
  const shown = () =>
    root.$$eval(".claims tbody tr:not([hidden])", (rows) => rows.map((row) => row.cells[0].textContent));
  await (await root.$(".filter")).type("nis drift");
  assert.deepEqual(await shown(), ["K10", "K11", "K12"]);
  assert.equal(await root.$eval(".found", (output) => output.textContent), "3 of 18 claims");
  await root.$eval(".filter", (input) => { input.value = ""; input.dispatchEvent(new Event("input")); });
  const button = (await root.$$(".claims th button"))[3];
  await button.click();
  await button.click();
  assert.equal(await root.$eval(".claims th[aria-sort]", (head) => head.getAttribute("aria-sort")), "descending");
  assert.ok(["K16", "K17", "K18"].includes((await shown())[0]));
  await page.close();
});

test("without a script everything reads, and what needs one is not there", async () => {
  const { page } = await open(browser, address, { script: false });
  const seen = await page.$$eval(".choices, .tools", (all) => all.filter((tag) => tag.offsetParent).length);
  assert.equal(seen, 0);
  const text = await page.$eval("main", (main) => main.innerText);
  assert.match(text, /[\d,]+ to [\d,]+ people/);
  for (const words of ["own sources (JoongAng Ilbo)", "K10 UNN: attribution drift"]) {
    assert.ok(text.includes(words), words);
  }
  await page.close();
});

test("a telephone shows the plot for its width, and the page does not scroll sideways", async () => {
  const { page } = await open(browser, address, { width: 360, height: 740 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const [wide, narrow] = await page.$eval(".forest", (figure) =>
    [".on-wide", ".on-narrow"].map((name) => figure.querySelector(name).getBoundingClientRect().width));
  assert.ok(wide === 0 && narrow > 300 && narrow <= 360, `${wide} ${narrow}`);
  await page.close();
});

test("on paper stand the plots and the tables, and no choices", async () => {
  const { page } = await open(browser, address, { dark: true });
  await page.emulateMediaType("print");
  const shown = (name) => page.$$eval(name, (all) => all.filter((tag) => tag.getBoundingClientRect().height > 0).length);
  assert.equal(await shown(".choices, .tools, .skip"), 0);
  assert.equal(await shown(".forest:not([hidden]) svg.on-wide"), 5);
  assert.equal(await shown("svg.on-narrow"), 0);
  assert.equal(await page.$eval("body", (body) => getComputedStyle(body).backgroundColor), "rgb(255, 255, 255)");
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 50_000, `${pdf.length} bytes`);
  // What is folded on the screen is written out.
  assert.equal(await page.$$eval("details:not([open])", (all) => all.length), 0);
  await page.close();
});

test("many questions have an index that finds them and pages that lead back", async () => {
  const rows = Array.from({ length: 20 }, (_, at) =>
    `town_${at},A,${100 + at},,2025-01-01\ntown_${at},B,at least ${90 + at},anonymous: officials,2025-01-02\n`);
  const folder = caseOf({ "claims.csv": `question,publisher,estimate,via,published\n${rows.join("")}` });
  const { page, asked, complaints } = await open(browser, report(folder), { width: 360 });
  await page.type("#find", "town_17");
  const left = await page.$$eval(".glance tbody tr:not([hidden]) a", (all) => all.map((a) => a.textContent));
  assert.deepEqual(left, ["town_17"]);
  assert.deepEqual(await faults(page), []);
  await Promise.all([page.waitForNavigation(), page.click(".glance tbody tr:not([hidden]) a")]);
  assert.equal(await page.$eval("h1", (h1) => h1.textContent), "town_17");
  await page.select(await page.$eval("[name=date]", (select) => `#${select.id}`), "1");
  assert.match(await page.$eval(".answer", (output) => output.textContent), /^As of 1 January 2025: /);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(await faults(page), []);
  await Promise.all([page.waitForNavigation(), page.click(".up a")]);
  assert.equal(new Set(asked).size, 2);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a settled value, a share and the words of a scale are told in words", async () => {
  const folder = caseOf({
    "claims.csv": "question,publisher,estimate\nall,A,1200\nall,B,about 1300\npart,A,about half of all\n",
    "questions.csv": "question,title,unit\nall,Homes in the valley,home\npart,Homes flooded,home\n",
    "resolutions.csv": "question,value,resolved,authority,url\nall,1250,2025-06-01,County,javascript:alert(1)\n",
  });
  const { page } = await open(browser, report(folder, "--wording", "icd203"));
  const text = await page.$eval("main", (main) => main.innerText);
  assert.ok(text.includes("Settled: 1,250 homes, 2025-06-01, by County."), text);
  assert.ok(text.includes("about half of “Homes in the valley”") && !text.includes("half of all"), text);
  assert.match(text, /very likely between [\d,]+ and [\d,]+ homes/);
  assert.ok(text.includes("very likely 80 to 95 %"), text);
  assert.match(await page.$eval("footer", (footer) => footer.textContent), /Constants of the method: built in/);
  assert.equal(await page.$$eval("a[href^=javascript]", (all) => all.length), 0);
  await page.close();
});

test("hostile fields stay text", async () => {
  const evil = `""><script>window.pwned=1</script><img src=x onerror=window.pwned=2>'`;
  const quoted = `"${evil.replaceAll('"', '""')}"`;
  const folder = caseOf({
    "claims.csv":
      `claim,question,publisher,estimate,via,published,url,archive,locator,note\n` +
      `C1,q,${quoted},1000-3000,,2025-01-01,javascript:window.pwned=3,https://example.org/"onmouseover="window.pwned=4,` +
      `${quoted},${quoted}\n` +
      `C2,q,B,at least 900,anonymous: <img src=x onerror=window.pwned=5,2025-01-02,data:text/html;x,,,\n`,
    "questions.csv": `question,title,unit\nq,${quoted},${quoted}\n`,
  });
  const { page, complaints, asked } = await open(browser, report(folder));
  for (const link of await page.$$("td a, td .plain, td")) await link.hover().catch(() => {});
  await page.$$eval(".explore [name=named]", (boxes) => boxes.forEach((box) => box.click()));
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(complaints, []);
  assert.equal(asked.length, 1);
  const links = await page.$$eval("a", (all) => all.map((a) => a.protocol));
  assert.ok(links.every((protocol) => ["file:", "https:", "http:"].includes(protocol)), `${links}`);
  assert.equal(await page.$$eval("img, iframe, object, embed", (all) => all.length), 0);
  assert.equal(await page.$$eval("script", (all) => all.length), 2);
  const text = await page.$eval("main", (main) => main.innerText);
  assert.ok(text.includes("javascript:window.pwned=3") && text.includes("<script>"));
  await page.close();
});

test("axe-core finds no serious fault, by light and by dark, wide and narrow", async () => {
  for (const how of [{}, { dark: true }, { width: 360 }]) {
    const { page } = await open(browser, address, how);
    assert.deepEqual(await faults(page), [], JSON.stringify(how));
    await page.close();
  }
});

// SPDX-License-Identifier: MIT
// Tests that pages of a program under `serval dev` show build errors and reload themselves.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage, screenshot } from "./docs_page.mjs";
import { serve } from "./served.mjs";

const timeout = 120_000; // the first build makes the precompiled header
const folder = mkdtempSync(join(tmpdir(), "serval-dev-"));
const source = join(folder, "main.cpp");
let browser;
let dev;

const program = (text, statement = "") => `#include <serval/serval.hpp>
int main(int argc, char** argv) {
  serval::App app({.title = "${text}"});
  app.get("/page")([] {
    ${statement}
    return serval::Response(200, "<!doctype html><html><body><h1>${text}</h1></body></html>", "text/html");
  });
  return app.run(argc, argv);
}
`;

before(async () => {
  browser = await openBrowser();
  writeFileSync(source, program("broken", "retrun 1;"));
  dev = await serve(process.env.SERVAL ?? "serval", ["dev", source]);
});

after(async () => {
  await browser?.close();
  await dev?.stop();
  rmSync(folder, { recursive: true });
});

const heading = (page, text) => page.locator("h1", { hasText: text }).waitFor({ timeout });

test("a page that the tool shows until there is a program becomes the program's", async () => {
  const { page } = await openPage(browser, dev.origin);
  await page.goto(`${dev.origin}/page`, { timeout });
  await heading(page, "The build has failed");
  assert.match(await page.locator("pre").innerText(), /main\.cpp:5:\d+: error: /);
  await screenshot(page, "dev_stand_in");
  writeFileSync(source, program("first"));
  await heading(page, "first");
  await page.close();
});

test("an open page reloads itself after a build, and shows the errors of one that fails", async () => {
  const { page } = await openPage(browser, dev.origin);
  await page.goto(`${dev.origin}/page`);
  await heading(page, "first");
  writeFileSync(source, program("second"));
  await heading(page, "second");
  writeFileSync(source, program("third", "retrun 1;"));
  const overlay = page.locator("#serval-dev-overlay");
  await overlay.getByText(/main\.cpp:5:\d+: error: /).waitFor({ timeout });
  await screenshot(page, "dev_overlay");
  await heading(page, "second");
  await page.keyboard.press("Escape");
  await overlay.waitFor({ state: "detached" });
  writeFileSync(source, program("fourth"));
  await heading(page, "fourth");
  assert.equal(await overlay.count(), 0);
  await page.close();
});

test("the docs page reloads itself under its strict policy", async () => {
  const { page, faults } = await openPage(browser, dev.origin);
  await page.goto(`${dev.origin}/docs`);
  await page.getByText("fourth").first().waitFor({ timeout });
  writeFileSync(source, program("fifth"));
  await page.getByText("fifth").first().waitFor({ timeout });
  assert.deepEqual(faults.filter((fault) => fault.startsWith("policy:")), []);
  await page.close();
});

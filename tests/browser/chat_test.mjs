// SPDX-License-Identifier: MIT
// Tests that two pages of the chat example exchange messages, and that its docs page shows the WebSocket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage, screenshot } from "./docs_page.mjs";
import { serve } from "./served.mjs";

const examples = process.env.EXAMPLES ?? "build/dev/examples";
let app;
let browser;

before(async () => {
  browser = await openBrowser();
  app = await serve(`${examples}/20_websocket_chat`);
});

after(async () => {
  await browser?.close();
  await app?.stop();
});

async function open(path) {
  const watched = await openPage(browser, app.origin);
  await watched.page.goto(app.origin + path);
  return watched;
}

const line = (page, text) => page.locator("#log li", { hasText: text }).waitFor();

async function say(page, text) {
  await page.locator("#text").fill(text);
  await page.locator("button").click();
}

test("two pages exchange messages", async () => {
  const ann = await open("/?name=Ann");
  await line(ann.page, "connected");
  const bob = await open("/?name=Bob");
  await line(ann.page, "Bob: joined");
  await say(ann.page, "Hello <b>Bob</b>");
  await line(bob.page, "Ann: Hello <b>Bob</b>");
  await say(bob.page, "Hé");
  await line(ann.page, "Bob: Hé");
  await screenshot(ann.page, "chat");
  await bob.page.close();
  await line(ann.page, "Bob: left");
  assert.deepEqual(ann.faults, []);
});

test("rooms are separate, and an invalid message closes the WebSocket", async () => {
  const ann = await open("/?name=Ann&room=a");
  const bob = await open("/?name=Bob&room=b");
  await line(bob.page, "connected");
  await say(ann.page, "to a");
  await line(ann.page, "Ann: to a");
  await say(bob.page, "");
  await line(bob.page, "closed: 1008");
  assert.equal(await bob.page.locator("#log li", { hasText: "to a" }).count(), 0);
});

test("the docs page shows the WebSocket and its messages", async () => {
  const { page, faults } = await open("/docs");
  const route = page.locator("#web-sockets details");
  await route.waitFor();
  assert.match(await route.textContent(), /WS\/chat\/\{room\}/);
  await route.locator("summary").click();
  assert.match(await route.textContent(), /#\/components\/schemas\/Said/);
  await screenshot(page, "swagger_ui_web_sockets");
  assert.deepEqual(faults, []);
});

// SPDX-License-Identifier: MIT
// Tests /docs and /redoc in a browser: they show every operation, send no requests to other servers, do not violate their
// content security policy, and an operation can be tried out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage, operationsOf, screenshot } from "./docs_page.mjs";
import { serve } from "./served.mjs";

const examples = process.env.EXAMPLES ?? "build/dev/examples";
const apps = {};
const opened = [];
let browser;

before(async () => {
  browser = await openBrowser();
  const names = ["01_hello", "35_security", "36_builtin_middleware", "accounts", "todo"];
  for (const name of names) apps[name] = await serve(`${examples}/${name}`);
});

after(async () => {
  await browser?.close();
  for (const app of Object.values(apps)) await app.stop();
});

async function open(name, path) {
  const { origin } = apps[name];
  const watched = await openPage(browser, origin);
  opened.push(watched);
  const { page } = watched;
  const answer = await page.goto(origin + path);
  assert.equal(answer.status(), 200);
  assert.ok(answer.headers()["content-security-policy"], "the page has a policy");
  return watched;
}

async function documentOf(name) {
  const answer = await fetch(`${apps[name].origin}/openapi.json`);
  assert.equal(answer.status, 200);
  const document = await answer.json();
  assert.ok(operationsOf(document).length > 0, "the document has operations");
  return document;
}

/// Sends the request of an operation that is being tried out, and returns what Swagger UI shows of the response.
async function execute(block) {
  await block.getByRole("button", { name: "Execute" }).click();
  const live = block.locator(".live-responses-table .response");
  await live.waitFor();
  return {
    status: (await live.locator(".response-col_status").textContent()).trim(),
    description: await live.locator(".response-col_description").innerText(),
  };
}

for (const name of ["01_hello", "todo"]) {
  test(`Swagger UI shows every operation of ${name}`, async () => {
    const { info } = await documentOf(name);
    const { page, faults } = await open(name, "/docs");
    await page.locator(".opblock").first().waitFor();
    assert.equal(await page.title(), `${info.title} - Swagger UI`);
    const shown = await page.locator(".opblock").evaluateAll((blocks) =>
      blocks.map((block) => ({
        method: block.querySelector(".opblock-summary-method").textContent.toLowerCase(),
        path: block.querySelector("[data-path]").dataset.path,
      })));
    const wanted = operationsOf(await documentOf(name)).map(({ method, path }) => ({ method, path }));
    const inOrder = (list) => list.map(({ method, path }) => `${path} ${method}`).sort();
    assert.deepEqual(inOrder(shown), inOrder(wanted));
    await screenshot(page, `swagger_ui_${name}`);
    assert.deepEqual(faults, []);
  });

  test(`Swagger UI opens every operation and schema of ${name}`, async () => {
    const { page, faults } = await open(name, "/docs");
    await page.locator(".opblock").first().waitFor();
    const blocks = page.locator(".opblock");
    for (let at = 0; at < (await blocks.count()); ++at) {
      await blocks.nth(at).locator(".opblock-summary-control").click();
      await blocks.nth(at).locator(".responses-wrapper").waitFor();
    }
    assert.equal(await page.getByText("Resolver error").count(), 0);
    await screenshot(page, `swagger_ui_${name}_open`);
    assert.deepEqual(faults, []);
  });

  test(`ReDoc shows every operation of ${name}`, async () => {
    const document = await documentOf(name);
    const { page, faults } = await open(name, "/redoc");
    await page.locator(".redoc-wrap").waitFor();
    await page.locator(".api-content").getByText(document.info.title).first().waitFor();
    for (const { summary, path, method, id } of operationsOf(document)) {
      const place = id ? `operation/${id}` : `paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`;
      const section = page.locator(`[id$="${place}"]`).first();
      await section.waitFor({ state: "attached" });
      assert.match(await section.textContent(), new RegExp((summary ?? path).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    }
    await screenshot(page, `redoc_${name}`);
    assert.deepEqual(faults, []);
  });
}

test("Swagger UI tries out an operation", async () => {
  const { page, faults } = await open("01_hello", "/docs");
  const block = page.locator(".opblock-get").filter({ has: page.locator('[data-path="/"]') });
  await block.locator(".opblock-summary-control").click();
  await block.getByRole("button", { name: "Try it out" }).click();
  const response = await execute(block);
  assert.equal(response.status, "200");
  assert.match(response.description, /"message":\s*"Hello World"/);
  await screenshot(page, "swagger_ui_executed");
  assert.deepEqual(faults, []);
});

test("Swagger UI sends a body and a path parameter", async () => {
  const { page, faults } = await open("todo", "/docs");
  const block = page.locator(".opblock-post").first();
  await block.locator(".opblock-summary-control").click();
  await block.getByRole("button", { name: "Try it out" }).click();
  await block.locator("textarea.body-param__text").fill('{"title": "Buy milk"}');
  assert.equal((await execute(block)).status, "201");
  assert.deepEqual(faults, []);
});

test("The search of ReDoc, which runs in a worker, finds an operation", async () => {
  const { summary } = operationsOf(await documentOf("todo"))[0];
  const { page, faults } = await open("todo", "/redoc");
  const field = page.getByPlaceholder("Search...");
  await field.fill(summary);
  await page.locator('[data-role="search:results"] li').first().waitFor();
  await screenshot(page, "redoc_search");
  assert.deepEqual(faults, []);
});

const logins = [
  { name: "35_security", user: "ann", password: "secret", scope: "Read yourself", path: "/me", shown: /"user":\s*"ann"/ },
  { name: "accounts", user: "ann", password: "correct horse", scope: "List all accounts", path: "/users/me",
    shown: /"username":\s*"ann"/ },
];
for (const { name, user, password, scope, path, shown } of logins) {
  test(`Authorize of ${name} logs in, and the token goes with requests`, async () => {
    if (name === "accounts") await register(user, password);
    const { page, faults } = await open(name, "/docs");
    await page.locator(".opblock").first().waitFor();
    await page.getByRole("button", { name: "Authorize" }).first().click();
    const dialog = page.locator(".auth-container").filter({ hasText: "OAuth2PasswordBearer" });
    await dialog.locator("#oauth_username").fill(user);
    await dialog.locator("#oauth_password").fill(password);
    await dialog.getByText(scope).click();
    await screenshot(page, `swagger_ui_authorize_${name}`);
    await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
    await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
    await page.locator(".modal-ux .close-modal").click();
    const block = page.locator(".opblock-get").filter({ has: page.locator(`[data-path="${path}"]`) });
    await block.locator(".opblock-summary-control").click();
    await block.getByRole("button", { name: "Try it out" }).click();
    const response = await execute(block);
    assert.equal(response.status, "200");
    assert.match(response.description, shown);
    assert.deepEqual(faults, []);
  });
}

async function register(username, password) {
  const answer = await fetch(`${apps.accounts.origin}/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, email: `${username}@example.com`, password }),
  });
  assert.equal(answer.status, 201);
}

// The second sends security headers, of which a policy for openers could cut the window off.
for (const name of ["01_hello", "36_builtin_middleware"]) {
  test(`The OAuth2 redirect of ${name} passes the code to the window that opened it, and closes`, async () => {
    const { page, faults } = await open(name, "/docs");
    const popup = page.waitForEvent("popup");
    const received = await page.evaluate(
      () =>
        new Promise((resolve) => {
          window.swaggerUIRedirectOauth2 = {
            state: "abc",
            redirectUrl: "/docs/oauth2-redirect",
            auth: { name: "login", schema: new Map([["flow", "authorizationCode"]]) },
            callback: ({ auth }) => resolve({ code: auth.code }),
            errCb: (error) => resolve({ error: error.message }),
          };
          window.open("/docs/oauth2-redirect?code=a%20b&state=abc");
        }));
    assert.deepEqual(received, { code: "a b" });
    const window = await popup;
    if (!window.isClosed()) await window.waitForEvent("close");
    assert.deepEqual(faults, []);
  });
}

// These tests show that the tests above can fail, because a page records its faults.
test("A page records a request to another server", async () => {
  const { origin } = apps["01_hello"];
  const { page, faults } = await openPage(browser, origin);
  await page.route(`${origin}/docs`, (route) =>
    route.fulfill({ contentType: "text/html", body: '<script src="https://cdn.jsdelivr.net/npm/x.js"></script>' }));
  await page.goto(`${origin}/docs`);
  assert.ok(faults.some((fault) => fault.startsWith("foreign: https://cdn.jsdelivr.net/")), faults.join("\n"));
  assert.ok(faults.some((fault) => fault.includes("ERR_NAME_NOT_RESOLVED")), faults.join("\n"));
});

test("A page records a violation of the policy", async () => {
  const { page, faults } = await open("01_hello", "/docs");
  await page.locator(".swagger-ui").first().waitFor();
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "1" })));
  await page.waitForFunction(() => true);
  assert.ok(faults.some((fault) => fault.startsWith("policy: script-src")), faults.join("\n"));
});

after(async () => {
  for (const { close } of opened) await close();
});

// SPDX-License-Identifier: MIT
// A browser that can reach only 127.0.0.1, and pages in it that record everything that goes wrong.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

function chromiumPath() {
  return process.env.CHROMIUM ?? execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser"]).toString().trim();
}

export function openBrowser() {
  return chromium.launch({
    executablePath: chromiumPath(),
    chromiumSandbox: process.getuid() !== 0, // the sandbox does not start as root
    // The browser resolves only this name and ignores the proxies of the environment.
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-proxy-server", "--disable-background-networking"],
  });
}

/** Opens a page that records `faults`: console errors and warnings, exceptions, failed requests, requests to other servers,
 *  violations of the content security policy. */
export async function openPage(browser, origin) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}: ${request.failure()?.errorText}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== origin) faults.push(`foreign: ${request.url()}`);
  });
  await page.exposeFunction("reportViolation", (text) => faults.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  return { page, faults, close: () => context.close() };
}

export async function screenshot(page, name) {
  const folder = process.env.SCREENSHOTS ?? "build/browser";
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** Returns the operations of a document: `{method, path, id, summary}`. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => ["get", "put", "post", "delete", "options", "head", "patch", "trace"].includes(method))
      .map(([method, { operationId, summary }]) => ({ method, path, id: operationId, summary })));
}

// SPDX-License-Identifier: MIT
// Tests that clients generated from the document of the to-do service compile in strict mode and can call the running
// service.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "../browser/served.mjs";

const todo = join(resolve(process.env.EXAMPLES ?? "build/dev/examples"), "todo");
const work = join(resolve(process.env.WORK ?? "build/clients"), "todo");
const here = fileURLToPath(new URL(".", import.meta.url));

function run(program, ...args) {
  try {
    execFileSync(program, args, { cwd: work, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    assert.fail(`${program} ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}
const tool = (name, ...args) => run(join(here, "node_modules/.bin", name), ...args);

let served;

before(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  symlinkSync(join(here, "node_modules"), join(work, "node_modules"));
  for (const file of ["todo_fetch.ts", "todo_sdk.ts", "tsconfig.json"]) cpSync(join(here, file), join(work, file));
  writeFileSync(join(work, "package.json"), '{"type": "module"}\n');
  run(todo, "--openapi", join(work, "openapi.json"));
  tool("openapi-typescript", "openapi.json", "--default-non-nullable", "false", "-o", "fetch.d.ts");
  tool("openapi-ts", "-i", "openapi.json", "-o", "sdk", "-c", "@hey-api/client-fetch");
  tool("tsc", "-p", ".", "--outDir", "out");
  served = await serve(todo);
});

after(() => served?.stop());

test("A client of openapi-typescript compiles and creates, reads, updates, deletes", async () => {
  const { liveByFetch } = await import(pathToFileURL(join(work, "out/todo_fetch.js")));
  await liveByFetch(served.origin);
});

test("A client of @hey-api/openapi-ts compiles and creates, reads, updates, deletes", async () => {
  const { liveBySdk } = await import(pathToFileURL(join(work, "out/todo_sdk.js")));
  await liveBySdk(served.origin);
});

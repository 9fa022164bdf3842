// SPDX-License-Identifier: MIT
// Checks the OpenAPI documents of all examples with third-party tools: two linters, a parser that resolves every reference,
// and the JSON Schema of OpenAPI 3.1.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { Validator } from "@seriousme/openapi-schema-validator";

const examples = resolve(process.env.EXAMPLES ?? "build/dev/examples");
const work = resolve(process.env.WORK ?? "build/clients");
const here = fileURLToPath(new URL(".", import.meta.url));

function run(program, args) {
  return new Promise((done) =>
    execFile(program, args, { cwd: here, maxBuffer: 1 << 26, env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
      (error, stdout, stderr) => done({ code: error ? (error.code ?? 1) : 0, said: stdout + stderr })));
}
const tool = (name, ...args) => run(join(here, "node_modules/.bin", name), args);

// `itemSchema` describes the items of a stream, as in FastAPI's documents. It belongs to OpenAPI 3.2, which the tools do not
// know, so it is renamed to `schema` for them.
function inWordsOf31(node) {
  if (Array.isArray(node)) return node.map(inWordsOf31);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) =>
    [name === "itemSchema" ? "schema" : name, inWordsOf31(value)]));
}

mkdirSync(work, { recursive: true });
// These programs do not print a document, because they do not pass their arguments to App::run.
const withoutDocument = new Set(["09_testing", "10_embed_in_io_context"]);
const programs = readdirSync(examples)
  .map((name) => join(examples, name))
  .filter((file) => statSync(file).isFile() && statSync(file).mode & 0o100 && !withoutDocument.has(basename(file)));

test("The examples exist", () => assert.ok(programs.length >= 9, programs.join(" ")));

for (const program of programs) {
  const name = basename(program);
  const file = join(work, `${name}.json`);

  test(`The document of ${name}`, async (t) => {
    const made = await run(program, ["--openapi", file]);
    assert.equal(made.code, 0, made.said);
    const document = inWordsOf31(JSON.parse(readFileSync(file, "utf8")));
    writeFileSync(file, JSON.stringify(document));
    assert.equal(document.openapi, "3.1.0");
    const described = { ...document.paths, ...document["x-websockets"] };
    assert.ok(Object.keys(described).length > 0, "it has paths");

    await t.test("follows the schema of OpenAPI 3.1", async () => {
      const result = await new Validator().validate(structuredClone(document));
      assert.ok(result.valid, JSON.stringify(result.errors, null, 1));
    });
    await t.test("has only references whose targets exist", async () => {
      await SwaggerParser.validate(structuredClone(document));
    });
  });
}

// One call of a linter checks all documents, since starting it takes longer than reading them.
const documents = () => programs.map((program) => join(work, `${basename(program)}.json`));

test("All documents pass Redocly", async () => {
  const { code, said } = await tool("redocly", "lint", "--config", join(here, "redocly.yaml"), ...documents());
  assert.equal(code, 0, said);
  assert.doesNotMatch(said, /warning/i);
});

test("All documents pass Spectral", async () => {
  const { code, said } = await tool("spectral", "lint", "--ruleset", join(here, "spectral.yaml"), "--fail-severity", "warn",
    ...documents());
  assert.equal(code, 0, said);
});

test("All tools report an invalid document", async () => {
  const bad = join(here, "bad.json");
  const document = JSON.parse(readFileSync(bad, "utf8"));
  assert.equal((await new Validator().validate(structuredClone(document))).valid, false);
  await assert.rejects(SwaggerParser.validate(structuredClone(document)));
  assert.notEqual((await tool("redocly", "lint", "--config", join(here, "redocly.yaml"), bad)).code, 0);
  assert.notEqual((await tool("spectral", "lint", "--ruleset", join(here, "spectral.yaml"), bad)).code, 0);
});

// SPDX-License-Identifier: MIT
// Writes the client of a document: node generate.mjs PACKAGES DOCUMENT FOLDER
// PACKAGES is the folder in which npm has installed the packages of package-lock.json. A failure is one line on standard
// error and exit code 1.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, document, folder] = process.argv.slice(2);

/** The message of the error that the generator has wrapped in others. */
function message(fault) {
  const inner = fault?.originalError ?? fault?.error ?? fault?.cause;
  return inner ? message(inner) : (fault?.message ?? String(fault));
}

const say = console.error;
for (const name of ["log", "info", "warn", "error"]) console[name] = () => {}; // the generator decorates its messages

try {
  const generator = join(packages, "node_modules/@hey-api/openapi-ts/dist/index.js");
  const { createClient } = await import(pathToFileURL(generator).href);
  await createClient({
    input: JSON.parse(readFileSync(document, "utf8")),
    // Imports with ".js" work in Node as well as in bundlers. By default, the tsconfig.json of the current folder decides.
    output: { path: folder, importFileExtension: ".js", tsConfigPath: "off" },
    logs: { level: "silent", file: false },
    plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
  });
} catch (fault) {
  say(message(fault));
  process.exit(1);
}

// SPDX-License-Identifier: MIT
// Gets a document from a server: node fetch.mjs ADDRESS FILE
// A failure is one line on standard error and exit code 1.
import { writeFileSync } from "node:fs";

const [address, file] = process.argv.slice(2);
const milliseconds = 30_000;

/** fetch() gives the reason in the cause, which is a list if the host has several addresses. */
function reason(fault) {
  const cause = fault.cause ?? fault;
  return (cause.errors?.[0] ?? cause).message;
}

let problem;
try {
  const response = await fetch(address, {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(milliseconds),
  });
  if (response.ok) writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  else problem = `${address} answers ${response.status}`;
} catch (fault) {
  problem = `${address} cannot be reached: ${reason(fault)}`;
}
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}

// SPDX-License-Identifier: MIT
// Runs a program of examples/ on a free port.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts the program (or a command of the tool, whose name comes first); returns `{origin, stop}` after it has printed its address. */
export async function serve(program, args = []) {
  const child = spawn(program, [...args, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  const origin = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
        if (found) resolve(found[0]);
      });
    }
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${said.join("\n")}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.on("exit", resolve);
      child.kill("SIGTERM");
    });
  return { origin, stop };
}

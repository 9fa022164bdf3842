// SPDX-License-Identifier: MIT
// Uses the client of examples/19_server_sent_events.cpp.
import { createClient } from "./client/client/index.js";
import { countdownCountdownGet, type Tick } from "./client/index.js";

/** The numbers that the server counts down. */
export async function count(baseUrl: string, from: number): Promise<number[]> {
  const client = createClient({ baseUrl });
  const numbers: number[] = [];
  const { stream } = await countdownCountdownGet({
    client,
    query: { from },
    onSseError: (fault) => {
      throw fault; // ends the loop below; without this, the client connects again and again
    },
  });
  for await (const tick of stream) {
    const typed: Tick = tick;
    if (typeof typed === "object") numbers.push(typed.left); // the last event is a text, which the document does not tell
  }
  return numbers;
}

export async function main(baseUrl: string): Promise<void> {
  console.log((await count(baseUrl, 2)).join());
  await count(baseUrl, 61).catch((fault: Error) => console.log(fault.message));
}

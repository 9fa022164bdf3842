// SPDX-License-Identifier: MIT
// Uses the client of examples/11_openapi_metadata.cpp: each status that the document shows has its type.
import { createClient } from "./client/client/index.js";
import { placeOrderOrdersPost } from "./client/index.js";
import type { HttpValidationError, Message, Order, PlaceOrderOrdersPostErrors } from "./client/index.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is404AMessage: Same<PlaceOrderOrdersPostErrors[404], Message> = true;
const is422AListOfFaults: Same<PlaceOrderOrdersPostErrors[422], HttpValidationError> = true;

export async function main(baseUrl: string): Promise<void> {
  const client = createClient({ baseUrl });
  for (const body of [
    { item: "Chair", amount: 2 },
    { item: "Table", amount: 1 },
    { item: "Chair", amount: 0 },
  ]) {
    const { data, error, response } = await placeOrderOrdersPost({ client, body });
    if (data) {
      const order: Order = data;
      console.log(response.status, order.item, order.amount);
    } else {
      const reason: string | undefined = typeof error.detail === "string" ? error.detail : error.detail?.[0]?.loc.join(".");
      console.log(response.status, reason);
    }
  }
  console.log(is404AMessage && is422AListOfFaults);
}

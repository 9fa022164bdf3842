// SPDX-License-Identifier: MIT
// Uses the client of a project that `serval new shop --template service` has made.
import { client } from "./client/client.gen.js";
import { createItemItemsPost, readItemItemsIdGet } from "./client/index.js";

client.setConfig({ baseUrl: "http://127.0.0.1:8000" });

const created = await createItemItemsPost({ body: { name: "tea", price: 2.5 } });
if (created.error) {
  // The type is the one of the document for 422: a list of what is wrong where.
  console.error(created.error.detail?.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`));
} else {
  const read = await readItemItemsIdGet({ path: { id: created.data.id } });
  console.log(read.response.status, read.data?.name);
}

// SPDX-License-Identifier: MIT
// Creates, reads, changes and deletes a to-do with the types that openapi-typescript generates. Calls that do not match
// the document do not compile.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./fetch.js";

type Todo = components["schemas"]["Todo"];

export async function liveByFetch(origin: string): Promise<void> {
  const client = createClient<paths>({ baseUrl: origin });

  const created = await client.POST("/todos", { body: { title: "Buy milk", priority: "high" } });
  assert.equal(created.response.status, 201);
  const todo: Todo = created.data!;
  assert.equal(todo.priority, "high");

  const read = await client.GET("/todos/{id}", { params: { path: { id: todo.id } } });
  assert.deepEqual(read.data, todo);

  const changed = await client.PATCH("/todos/{id}", { params: { path: { id: todo.id } }, body: { done: true } });
  assert.equal(changed.data!.done, true);
  assert.equal(changed.data!.title, "Buy milk");

  const replaced = await client.PUT("/todos/{id}", { params: { path: { id: todo.id } }, body: { title: "Buy bread" } });
  assert.equal(replaced.data!.priority, "normal");

  const listed = await client.GET("/todos", { params: { query: { priority: "normal", limit: 10 } } });
  assert.deepEqual(listed.data!.map(({ id }: Todo) => id), [todo.id]);

  // @ts-expect-error: no such priority
  const refused = await client.POST("/todos", { body: { title: "", priority: "urgent" } });
  assert.equal(refused.response.status, 422);
  assert.deepEqual(refused.error!.detail!.map(({ loc }) => loc), [["body", "title"], ["body", "priority"]]);

  const removed = await client.DELETE("/todos/{id}", { params: { path: { id: todo.id } } });
  assert.equal(removed.response.status, 204);
  const gone = await client.GET("/todos/{id}", { params: { path: { id: todo.id } } });
  assert.equal(gone.response.status, 404);
}

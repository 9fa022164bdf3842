// SPDX-License-Identifier: MIT
// Creates, reads, changes and deletes a to-do with the functions that @hey-api/openapi-ts generates. Their names are the
// operation ids.
import assert from "node:assert/strict";
import { createClient } from "./sdk/client/index.js";
import {
  changeTodoTodosIdPatch,
  createTodoTodosPost,
  deleteTodoTodosIdDelete,
  listTodosTodosGet,
  readTodoTodosIdGet,
} from "./sdk/index.js";
import type { Todo } from "./sdk/index.js";

export async function liveBySdk(origin: string): Promise<void> {
  const client = createClient({ baseUrl: origin });

  const created = await createTodoTodosPost({ client, body: { title: "Call Ada", notes: "about engines" } });
  assert.equal(created.response.status, 201);
  const todo: Todo = created.data!;
  assert.deepEqual((await readTodoTodosIdGet({ client, path: { id: todo.id } })).data, todo);

  const changed = await changeTodoTodosIdPatch({ client, path: { id: todo.id }, body: { done: true } });
  assert.equal(changed.data!.done, true);
  assert.equal(changed.data!.notes, "about engines");

  const listed = await listTodosTodosGet({ client, query: { done: true } });
  assert.deepEqual(listed.data!.map(({ id }) => id), [todo.id]);

  assert.equal((await deleteTodoTodosIdDelete({ client, path: { id: todo.id } })).response.status, 204);
  assert.equal((await readTodoTodosIdGet({ client, path: { id: todo.id } })).response.status, 404);
}

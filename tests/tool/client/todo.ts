// SPDX-License-Identifier: MIT
// Uses the client of examples/apps/todo.
import { createClient } from "./client/client/index.js";
import {
  changeTodoTodosIdPatch,
  createTodoTodosPost,
  deleteTodoTodosIdDelete,
  listTodosTodosGet,
  readTodoTodosIdGet,
  type Todo,
} from "./client/index.js";

export async function main(baseUrl: string): Promise<void> {
  let requests = 0;
  const client = createClient({
    baseUrl,
    fetch: (input, init) => {
      ++requests;
      return fetch(input, init);
    },
  });

  const created = await createTodoTodosPost({ client, body: { title: "Call Ada", priority: "high" } });
  if (created.error) throw new Error(`not created: ${JSON.stringify(created.error)}`);
  const todo: Todo = created.data;
  console.log("created", created.response.status, todo.title, todo.priority);

  const { data: read } = await readTodoTodosIdGet({ client, path: { id: todo.id }, throwOnError: true });
  console.log("read", read.title);
  const changed = await changeTodoTodosIdPatch({ client, path: { id: todo.id }, body: { done: true } });
  console.log("changed", changed.data?.done);
  const listed = await listTodosTodosGet({ client, query: { done: true, limit: 10 } });
  console.log("listed", listed.data?.map(({ title }) => title).join());

  const refused = await createTodoTodosPost({ client, body: { title: "" } });
  console.log("refused", refused.response.status, refused.error?.detail?.[0]?.loc.join("."));
  console.log("deleted", (await deleteTodoTodosIdDelete({ client, path: { id: todo.id } })).response.status);
  console.log("gone", (await readTodoTodosIdGet({ client, path: { id: todo.id } })).response.status);
  console.log("requests", requests);
}

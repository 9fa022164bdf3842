// SPDX-License-Identifier: MIT
// A program whose own types have the same names as serval's: with a namespace around them, it can use both.
//
//   $ ./scripts/run 30_own_names
//
//   $ curl http://127.0.0.1:8000/tasks
//   [{"id":1,"title":"Paint the door","state":"open"}]
//   $ curl http://127.0.0.1:8000/tasks?state=done
//   [{"id":2,"title":"Water the plants","state":"done"}]
//   $ curl http://127.0.0.1:8000/tasks/2
//   {"id":2,"title":"Water the plants","state":"done"}
//   $ curl http://127.0.0.1:8000/tasks/3
//   {"reason":"no task has the number 3"}
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <string>
#include <vector>

using namespace serval;

namespace tracker {

enum class State { open, done };

struct Task {
  int id = 0;
  Field<std::string, schema::title("What is to be done")> title;
  State state = State::open;
};

struct Conflict {
  std::string reason;
};

const std::vector<Task> tasks{{1, "Paint the door", State::open}, {2, "Water the plants", State::done}};

std::vector<Task> list_tasks(Query<State, "state", default_to(State::open)> state) {
  std::vector<Task> found;
  for (const Task& task : tasks) {
    if (task.state == state) found.push_back(task);
  }
  return found;
}

// Here `Task` and `Conflict` are the tracker's; serval's are `serval::Task` and `http::Conflict`.
serval::Task<OneOf<Task, http::NotFound<Conflict>>> read_task(Path<int, "id"> id) {
  for (const Task& task : tasks) {
    if (task.id == id) co_return task;
  }
  co_return http::NotFound{Conflict{"no task has the number " + std::to_string(id)}};
}

}  // namespace tracker

int main(int argc, char** argv) {
  App app;
  app.get("/tasks")(tracker::list_tasks);
  app.get("/tasks/{id}")(tracker::read_task);
  return app.run(argc, argv);
}

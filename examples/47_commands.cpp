// SPDX-License-Identifier: MIT
// Commands of a program, beside serving: `./shop seed --rows 3`.
//
//   $ ./scripts/run 47_commands -- seed --rows 2 --name apple
//   2 rows of apple
//   the tables are closed
//
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <cstdio>
#include <mutex>
#include <string>
#include <vector>

using namespace serval;

struct Table {
  std::mutex mutex;  // guards rows
  std::vector<std::string> rows;
};

struct Seed {
  Field<Default<int>, ge(1), schema::description("How many rows")> rows = 100;
  Default<std::string> name = "pear";
  Default<bool> dry_run = false;
};

Task<int> seed(Seed options, State<Table> table) {
  if (options.dry_run) co_return 0;
  const std::scoped_lock lock(table->mutex);
  for (int i = 0; i < options.rows.value(); ++i) table->rows.push_back(options.name.value());
  std::printf("%zu rows of %s\n", table->rows.size(), options.name.value().c_str());
  co_return 0;
}

int main(int argc, char** argv) {
  App app;
  app.lifespan<Table>();
  app.on_stop([] { std::puts("the tables are closed"); });
  app.get("/rows")([](State<Table> table) {
    const std::scoped_lock lock(table->mutex);
    return table->rows;
  });

  app.command<seed>("seed", {.help = "Fill the tables"});
  app.command("count", [](State<Table> table) { std::printf("%zu rows\n", table->rows.size()); },
              {.help = "Count the rows"});
  return app.run(argc, argv);
}

// SPDX-License-Identifier: MIT
// `wait(task)` in handlers of a server: on the server's own threads, and on a caller's io_context.
#include <serval/base/wait.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::wait_test {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;

Task<int> later(int value) {
  co_await wait(1ms);
  co_return value;
}

std::string value_or_refusal() {
  try {
    return std::to_string(serval::wait(later(5)));
  } catch (const std::logic_error& error) {
    return error.what();
  }
}

void declare(App& app) {
  app.get("/plain")([] { return value_or_refusal(); });
  app.get("/resumed")([]() -> Task<std::string> {
    co_await wait(1ms);
    co_return value_or_refusal();
  });
  app.get("/blocking", {.blocking = true})([] { return value_or_refusal(); });
}

std::string answer_to(RawClient client, const std::string& path) {
  client.send("GET " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  return client.read_all();
}

TEST(WaitOnTheWire, IsRefusedOnTheServersThreadsAndFineOnThePool) {
  App app;
  declare(app);
  Server server(app, test_options());
  server.start();
  EXPECT_THAT(answer_to(RawClient(server.port()), "/plain"), HasSubstr("wait() was called on the thread of an event"));
  EXPECT_THAT(answer_to(RawClient(server.port()), "/resumed"),
              HasSubstr("wait() was called on the thread of an event"));
  EXPECT_THAT(answer_to(RawClient(server.port()), "/blocking"), EndsWith("\r\n\r\n\"5\""));
}

TEST(WaitOnTheWire, IsRefusedOnACallersContextAndFineOnThePool) {
  EmbeddingProgram program;
  declare(program.app());
  program.start(2);
  EXPECT_THAT(answer_to(program.connect(), "/plain"), HasSubstr("wait() was called on the thread of an event loop"));
  EXPECT_THAT(answer_to(program.connect(), "/resumed"), HasSubstr("wait() was called on the thread of an event loop"));
  EXPECT_THAT(answer_to(program.connect(), "/blocking"), EndsWith("\r\n\r\n\"5\""));
}

}  // namespace serval::testing::wait_test

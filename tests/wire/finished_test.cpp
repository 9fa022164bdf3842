// SPDX-License-Identifier: MIT
// What `finished` is told over a socket: how requests end, and how many bytes of their responses were sent.
#include <serval/handler/finished.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/witness.hpp"

namespace serval::finished_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::RawClient;
using testing::Seen;
using testing::Witness;

struct FinishedOver : ::testing::Test {
  Seen seen;
  App app;
};

TEST_F(FinishedOver, ASocketTellsOfAClientThatWent) {
  app.use(Witness{&seen});
  app.get("/held")([]() -> Task<int> {
    co_await testing::wait(10s);
    co_return 1;
  });
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET /held HTTP/1.1\r\nhost: a\r\n\r\n");
  ASSERT_TRUE(testing::eventually([&] { return seen.has("before"); }));
  client.reset();
  EXPECT_TRUE(testing::eventually([&] { return seen.has("finished"); }));
  EXPECT_THAT(seen.lines(), ElementsAre("before GET", "finished 0 client_gone /held"));
}

TEST_F(FinishedOver, ASocketTellsOfAServerThatWaitsNoLonger) {
  app.use(Witness{&seen});
  app.get("/held")([]() -> Task<int> {
    co_await testing::wait(10s);
    co_return 1;
  });
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET /held HTTP/1.1\r\nhost: a\r\n\r\n");
  ASSERT_TRUE(testing::eventually([&] { return seen.has("before"); }));
  server.stop(0ms);
  server.join();
  EXPECT_THAT(seen.lines(), ElementsAre("before GET", "finished 0 stopped /held"));
}

/// Records the number of body bytes of each response.
struct Count {
  std::vector<std::uint64_t>* bytes;
  void finished(const Request&, const Finished& how) { bytes->push_back(how.bytes); }
};

TEST_F(FinishedOver, ASocketTellsHowManyBytesOfBodiesWereSent) {
  std::vector<std::uint64_t> bytes;
  testing::TemporaryFolder folder;
  folder.write("file", std::string(100'000, 'f'));
  app.use(Count{&bytes});
  app.get("/small")([] { return plain_text("12345"); });
  app.get("/large")([] { return plain_text(std::string(300'000, 'x')); });
  app.get("/file")([&] { return FileResponse(folder.path("file")); });
  app.get("/parts")([](StreamWriter& out) -> Task<void> {
    co_await out.write("one ");
    co_await out.write("two");
  });
  {
    Server server(app, testing::test_options());
    server.start();
    RawClient client(server.port());
    const auto get = [](const std::string& path) { return "GET " + path + " HTTP/1.1\r\nhost: a\r\n"; };
    client.send(get("/small") + "\r\n" + get("/large") + "\r\nHEAD /small HTTP/1.1\r\nhost: a\r\n\r\n" + get("/file") +
                "\r\n" + get("/file") + "range: bytes=0-9\r\n\r\n" + get("/parts") + "\r\n" + get("/small") +
                "connection: close\r\n\r\n");
    client.read_all();
  }
  EXPECT_THAT(bytes, ElementsAre(5U, 300'000U, 0U, 100'000U, 10U, 7U, 5U));
}

TEST_F(FinishedOver, ASocketTellsHowMuchAClientTookThatWent) {
  std::vector<std::uint64_t> bytes;
  app.use(Witness{&seen});
  app.use(Count{&bytes});
  app.get("/")([] { return plain_text(std::string(std::size_t{64} << 20U, 'x')); });
  {
    Server server(app, testing::test_options());
    server.start();
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_until("\r\n\r\nxxx"));
    client.reset();
    ASSERT_TRUE(testing::eventually([&] { return seen.has("finished 200 client_gone /"); }));
  }
  ASSERT_EQ(bytes.size(), 1U);
  EXPECT_GT(bytes[0], 0U);
  EXPECT_LT(bytes[0], std::uint64_t{64} << 20U);
}

}  // namespace serval::finished_test

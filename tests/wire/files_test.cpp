// SPDX-License-Identifier: MIT
// Files over a socket: whole and in parts, large and small, to fast and slow readers.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include <serval/app/app.hpp>
#include <serval/http/file_response.hpp>
#include <serval/static_files/static_files.hpp>

#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::testing::files_test {

constexpr std::size_t large_bytes = 8 * 1024 * 1024;

/// Returns a text that states positions, so that misplaced bytes show.
std::string large_text() {
  std::string text;
  text.reserve(large_bytes);
  while (text.size() < large_bytes) text.append(std::to_string(text.size())).append(" ");
  text.resize(large_bytes);
  return text;
}

class WireFiles : public ::testing::Test {
 protected:
  WireFiles() {
    folder_.write("secret.txt", "secret");
    folder_.write("site/a.txt", "hello world");
    folder_.write("site/empty.txt", "");
    app_.mount("/static", StaticFiles(folder_.path("site")));
    app_.get("/large")([path = folder_.path("large.bin")]() -> Response { return FileResponse(path); });
  }
  std::string write_large() {
    std::string text = large_text();
    folder_.write("large.bin", text);
    return text;
  }
  [[nodiscard]] std::string get(const std::string& path, const std::string& fields = {}) const {
    return exchange(app_, "GET " + path, fields);
  }

  TemporaryFolder folder_;
  App app_;
};

const std::string get_large = "GET /large HTTP/1.1\r\nhost: a\r\n\r\n";

TEST_F(WireFiles, AreWhole) {
  const std::string answer = get("/static/a.txt");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has_line(answer, "content-length: 11"));
  EXPECT_TRUE(has_line(answer, "content-type: text/plain; charset=utf-8"));
  EXPECT_EQ(body_of(answer), "hello world");
}

TEST_F(WireFiles, MayBeEmpty) {
  const std::string answer = get("/static/empty.txt");
  EXPECT_TRUE(has_line(answer, "content-length: 0"));
  EXPECT_EQ(body_of(answer), "");
}

TEST_F(WireFiles, SendHeadOnlyToHead) {
  const std::string answer = exchange(app_, "HEAD /static/a.txt");
  EXPECT_TRUE(has_line(answer, "content-length: 11"));
  EXPECT_EQ(body_of(answer), "");
}

TEST_F(WireFiles, ComeInParts) {
  const std::string one = get("/static/a.txt", "range: bytes=-5\r\n");
  EXPECT_EQ(status_of(one), 206);
  EXPECT_TRUE(has_line(one, "content-range: bytes 6-10/11"));
  EXPECT_TRUE(has_line(one, "content-length: 5"));
  EXPECT_EQ(body_of(one), "world");
  const std::string several = get("/static/a.txt", "range: bytes=0-0,6-6\r\n");
  EXPECT_EQ(status_of(several), 206);
  EXPECT_TRUE(has_line(several, "content-length: " + std::to_string(body_of(several).size())));
  EXPECT_NE(body_of(several).find("content-range: bytes 6-6/11\r\n\r\nw\r\n--"), std::string::npos);
}

TEST_F(WireFiles, ComeWholeWhereTheRangeIsGivenTwice) {
  const std::string answer = get("/static/a.txt", "range: bytes=0-0\r\nrange: bytes=6-\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has_line(answer, "content-length: 11"));
}

TEST_F(WireFiles, ComeWholeWhereTheRangeIsOfAnotherUnit) {
  const std::string answer = get("/static/a.txt", "range: items=0-1\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has_line(answer, "content-length: 11"));
}

TEST_F(WireFiles, Are416And304WithoutABody) {
  const std::string beyond = get("/static/a.txt", "range: bytes=11-\r\n");
  EXPECT_EQ(status_of(beyond), 416);
  EXPECT_TRUE(has_line(beyond, "content-range: bytes */11"));
  EXPECT_TRUE(has_line(beyond, "content-length: 0"));
  const std::string known = get("/static/a.txt", "if-none-match: *\r\n");
  EXPECT_EQ(status_of(known), 304);
  EXPECT_EQ(body_of(known), "");
}

TEST_F(WireFiles, StayWithinTheirFolder) {
  for (const char* path : {"/static/../secret.txt", "/static/%2e%2e/secret.txt", "/static/..%2fsecret.txt",
                           "/static/..%5csecret.txt", "/static//secret.txt", "/static/a.txt%00", "/static/./a.txt"}) {
    EXPECT_EQ(status_of(get(path)), 404) << path;
  }
}

TEST_F(WireFiles, KeepTheirOrderAmongPipelinedRequests) {
  Server server(app_, test_options());
  server.start();
  RawClient client(server.port());
  const std::string get_small = "GET /static/a.txt HTTP/1.1\r\nhost: a\r\n\r\n";
  client.send(get_small + "GET /nowhere HTTP/1.1\r\nhost: a\r\n\r\n" + get_small);
  EXPECT_EQ(body_of(client.read_answer()), "hello world");
  EXPECT_EQ(status_of(client.read_answer()), 404);
  EXPECT_EQ(body_of(client.read_answer()), "hello world");
}

TEST_F(WireFiles, ReachASlowReaderWhole) {
  const std::string text = write_large();
  Server server(app_, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get_large);
  // The file exceeds the buffers between server and client. While they are full, another client of the loop is served.
  RawClient other(server.port());
  other.send("GET /static/a.txt HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(body_of(other.read_answer()), "hello world");
  const std::string answer = client.read_answer();
  EXPECT_TRUE(body_of(answer) == text);
  client.send("GET /static/a.txt HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "hello world");
}

TEST_F(WireFiles, AreCutForAReaderThatStops) {
  write_large();
  ServerOptions options = test_options();
  options.timeouts.write = std::chrono::milliseconds{50};
  Server server(app_, options);
  server.start();
  RawClient client(server.port());
  client.set_receive_buffer(4096);
  client.send(get_large);
  // The client reads nothing until the server has given up.
  pollfd ended{client.native_handle(), POLLRDHUP, 0};
  EXPECT_EQ(::poll(&ended, 1, 10'000), 1);
  EXPECT_LT(client.read_all().size(), large_bytes);
}

TEST_F(WireFiles, EndTheConnectionWhereTheyBecomeShorter) {
  constexpr std::size_t bytes = 64 * 1024 * 1024;  // far more than the buffers between server and client hold
  write_large();
  std::filesystem::resize_file(folder_.path("large.bin"), bytes);
  Server server(app_, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get_large);
  ASSERT_TRUE(client.receive());
  std::filesystem::resize_file(folder_.path("large.bin"), 1000);
  EXPECT_LT(client.read_all().size(), bytes);
  EXPECT_TRUE(client.closed());
}

TEST_F(WireFiles, SurviveAReaderThatGoesAway) {
  write_large();
  Server server(app_, test_options());
  server.start();
  {
    RawClient client(server.port());
    client.set_receive_buffer(4096);
    client.send(get_large);
    ASSERT_TRUE(client.receive());
    client.reset();
  }
  RawClient other(server.port());
  other.send("GET /static/a.txt HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(body_of(other.read_answer()), "hello world");
}

}  // namespace serval::testing::files_test

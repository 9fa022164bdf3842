// SPDX-License-Identifier: MIT
#include <serval/middleware/audit_log.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <latch>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::audit_log_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Keeps the lines. It may wait before the first one, and fail for some.
class Lines : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::vector<std::string> lines;
  std::latch* before_first = nullptr;
  std::latch* at_first = nullptr;
  bool fails = false;

 protected:
  void sink_it_(const spdlog::details::log_msg& record) override {
    if (at_first != nullptr && lines.empty()) at_first->count_down();
    if (before_first != nullptr && lines.empty()) before_first->wait();
    if (fails) throw std::runtime_error("the disk is full");
    lines.emplace_back(record.payload.data(), record.payload.size());
  }
  void flush_() override {}
};

class AuditLogOf : public ::testing::Test {
 protected:
  AuditLogOf() {
    request.assign({.method = http::Method::post, .method_text = "POST", .target = "/login?next=secret"});
    request.set_client({"203.0.113.7", 4711});
    request.set_request_id("5c1e");
  }
  [[nodiscard]] AuditLogOptions options() const {
    AuditLogOptions made;
    made.sink = sink;
    made.clock = [] { return std::chrono::sys_days(std::chrono::year(2026) / 11 / 3) + 4h + 5min + 6s + 78ms; };
    return made;
  }

  std::shared_ptr<Lines> sink = std::make_shared<Lines>();
  Request request;
};

TEST_F(AuditLogOf, HasALineForEachRecord) {
  {
    const AuditLog audit(options());
    audit.record(request, "login", {.actor = "ann", .outcome = AuditOutcome::failure, .details = {{"tries", 3}}});
    audit.record("keys.changed");
  }
  EXPECT_THAT(
      sink->lines,
      ElementsAre(R"({"time":"2026-11-03T04:05:06.078Z","event":"login","outcome":"failure","actor":"ann",)"
                  R"("client":"203.0.113.7","request_id":"5c1e","details":{"tries":3}})",
                  R"({"time":"2026-11-03T04:05:06.078Z","event":"keys.changed","outcome":"success","actor":null,)"
                  R"("client":null,"request_id":null,"details":null})"));
}

TEST_F(AuditLogOf, WritesNothingThatLooksLikeAnotherLine) {
  {
    const AuditLog audit(options());
    audit.record("login", {.actor = "a\n{\"event\":\"login\"}\x1b[2J\xc2\x85\x7f",
                           .details = {{"a\n\xff", "\xe2\x80\xa8\x7f"}}});
  }
  ASSERT_EQ(sink->lines.size(), 1U);
  for (const char c : sink->lines[0]) EXPECT_TRUE(c >= ' ' && c < '\x7f') << sink->lines[0];
  const json line = json::parse(sink->lines[0]);
  EXPECT_EQ(line["actor"], "a\n{\"event\":\"login\"}\x1b[2J\xc2\x85\x7f");
  EXPECT_EQ(line["details"]["a\n\xef\xbf\xbd"], "\xe2\x80\xa8\x7f");
}

TEST_F(AuditLogOf, HasLimits) {
  {
    const AuditLog audit(options());
    audit.record("login", {.actor = std::string(100'000, 'a'), .details = std::string(5'000, 'b')});
  }
  const json line = json::parse(sink->lines.at(0));
  EXPECT_EQ(line["actor"], std::string(256, 'a'));
  EXPECT_EQ(line["details"], json({{"omitted", 5'002}}));
}

TEST_F(AuditLogOf, CountsWhatCannotBeWritten) {
  sink->fails = true;
  const AuditLog audit(options());
  audit.record("login");
  while (audit.lost() == 0) std::this_thread::yield();
  EXPECT_EQ(audit.lost(), 1U);
}

TEST_F(AuditLogOf, LosesTheOldestIfTooManyWait) {
  std::latch writes(1), go(1);
  sink->at_first = &writes;
  sink->before_first = &go;
  AuditLogOptions small = options();
  small.queue = 2;
  {
    const AuditLog audit(small);
    audit.record("1");
    writes.wait();
    for (const char* event : {"2", "3", "4"}) audit.record(event);
    EXPECT_EQ(audit.lost(), 1U);
    go.count_down();
  }
  std::vector<std::string> events;
  for (const std::string& line : sink->lines) events.push_back(json::parse(line)["event"]);
  EXPECT_THAT(events, ElementsAre("1", "3", "4"));
}

TEST_F(AuditLogOf, RecordsRefusedRequests) {
  {
    App app;
    app.use(AuditLog(options()));
    app.use(Csrf());
    app.get("/items/{id}")([](Path<int, "id"> id) -> json {
      if (*id == 1) throw HttpError(401, "No");
      if (*id == 2) throw HttpError(404, "No");
      return 1;
    });
    app.post("/login")(
        [](State<AuditLog> audit, const Request& sent) { audit->record(sent, "login", {.actor = "ann"}); });
    TestClient client(app);
    EXPECT_EQ(client.get("/items/1?token=secret").status, 401);
    EXPECT_EQ(client.post("/" + std::string(5'000, 'a'), {.headers = {{"sec-fetch-site", "cross-site"}}}).status, 403);
    EXPECT_EQ(client.get("/items/2").status, 404);
    EXPECT_EQ(client.get("/items/3").status, 200);
    EXPECT_EQ(client.post("/login").status, 200);
    EXPECT_EQ(client.post("/login", {.headers = {{"sec-fetch-site", "cross-site"}}}).status, 403);
  }
  ASSERT_EQ(sink->lines.size(), 4U);
  const json refused = json::parse(sink->lines[0]);
  EXPECT_EQ(refused["event"], "request.refused");
  EXPECT_EQ(refused["outcome"], "failure");
  EXPECT_EQ(refused["details"],
            json({{"method", "GET"}, {"path", "/items/1"}, {"route", "/items/{id}"}, {"status", 401}}));
  EXPECT_EQ(json::parse(sink->lines[1])["details"]["path"], "/" + std::string(1'023, 'a'));
  EXPECT_THAT(sink->lines[2], HasSubstr(R"("event":"login","outcome":"success","actor":"ann")"));
  EXPECT_THAT(sink->lines[3], HasSubstr(R"("details":{"method":"POST","path":"/login","route":null,"status":403})"));
}

std::string text_of(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST_F(AuditLogOf, AppendsToAFileOfItsOwner) {
  const testing::TemporaryFolder folder;
  const std::string file = folder.path("audit.jsonl");
  for (const char* event : {"first", "second"}) AuditLog({.file = file}).record(event);
  const std::string text = text_of(file);
  EXPECT_THAT(text, StartsWith(R"({"time":")"));
  EXPECT_THAT(text, HasSubstr("\"event\":\"first\""));
  EXPECT_THAT(text.substr(text.find('\n') + 1), HasSubstr("\"event\":\"second\""));
  EXPECT_TRUE(text.ends_with("}\n"));
  struct stat found {};
  ASSERT_EQ(::stat(file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(AuditLogOf, CountsWhatAFullDiskDoesNotTake) {
  const AuditLog audit({.file = "/dev/full"});
  audit.record("login");
  while (audit.lost() == 0) std::this_thread::yield();
  EXPECT_EQ(audit.lost(), 1U);
}

TEST(AuditLogOptions, AreChecked) {
  EXPECT_EQ(error_of([] { AuditLog audit({.queue = 0}); }), "AuditLog: queue must be 1 or more");
  EXPECT_EQ(error_of([] { AuditLog audit({.file = "/nowhere/a"}); }),
            "AuditLog: the file /nowhere/a cannot be opened: No such file or directory");
  AuditLogOptions both{.file = "a"};
  both.sink = std::make_shared<Lines>();
  EXPECT_EQ(error_of([&] { AuditLog audit(both); }), "AuditLog: only one of file and sink can be set");
}

}  // namespace serval::audit_log_test

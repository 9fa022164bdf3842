// SPDX-License-Identifier: MIT
// The middleware and the route of the room: which requests are refused without asking the service, what responses tell
// about the quota, and what is counted.
#include "quota/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/testing.hpp>

#include "support/program.hpp"
#include "tests/wire/support/waiting.hpp"

namespace quota_test::gate_test {

using serval::json;
using serval::TestClient;
using serval::testing::eventually;
using serval::testing::has_line;
using serval::testing::status_of;
using ::testing::HasSubstr;

TEST(Gate, RefusesAKeyThatIsNoneWithoutAQuestion) {
  Program program;
  TestClient client(program.app);
  EXPECT_EQ(client.get("/open", {.headers = {{"x-api-key", "ada USED"}}}).status, 401);
  EXPECT_EQ(program.service.lines("LEFT"), 0);
}

TEST(GateOver, RefusesWhoHasNothingLeftWithoutASecondQuestion) {
  Served program;
  RawClient client = program.connect();
  for (int i = 0; i < 3; ++i) {
    client.send(get("/me", "bob"));
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 429);
    EXPECT_TRUE(has_line(answer, "retry-after: 60")) << answer;
    EXPECT_TRUE(has_line(answer, "ratelimit-remaining: 0")) << answer;
  }
  EXPECT_EQ(program.service.lines("LEFT bob"), 1);
}

TEST(GateOver, SaysOnEveryAnswerWhatIsLeft) {
  Served program;
  RawClient client = program.connect();
  const auto left = [&](const std::string& request) {
    client.send(request);
    const std::string answer = client.read_answer();
    const std::string name = "\r\nratelimit-remaining: ";
    const std::size_t at = answer.find(name);
    if (at == std::string::npos) return std::string("none");
    return answer.substr(at + name.size(), answer.find('\r', at + 2) - at - name.size());
  };
  EXPECT_EQ(left(get("/me", "ada")), "4");
  EXPECT_EQ(left(get("/open")), "unknown");
  EXPECT_EQ(left(get("/nowhere")), "unknown");
  EXPECT_EQ(left(get("/openapi.json")), "unknown");
  EXPECT_EQ(left(get("/me")), "unknown");
  EXPECT_EQ(left("nonsense\r\n\r\n"), "unknown");
}

TEST(GateOver, CountsRequestsByRouteAndOutcomeAndShowsThem) {
  Served program;
  RawClient client = program.connect();
  for (const std::string& request : {get("/me", "ada"), get("/me", "ada"), get("/me"), get("/nowhere"), get("/open")}) {
    client.send(request);
    EXPECT_NE(client.read_answer(), "");
  }
  EXPECT_TRUE(eventually([&] { return program.value("quota_requests_total", "/open") == 1; }));
  client.send(get("/quota"));
  const json report = json::parse(serval::testing::body_of(client.read_answer()));
  EXPECT_EQ(report, (json{{"service", "QUOTA 1"},
                          {"unreported", 2},
                          {"counts",
                           {{{"route", "/me"}, {"outcome", "2xx"}, {"requests", 2}},
                            {{"route", "/me"}, {"outcome", "4xx"}, {"requests", 1}},
                            {{"route", "/open"}, {"outcome", "2xx"}, {"requests", 1}},
                            {{"route", "none"}, {"outcome", "4xx"}, {"requests", 1}}}}}));
}

TEST(GateOver, CountsAClientThatWentAsSuch) {
  Served program;
  program.come_and_go();
  EXPECT_TRUE(eventually([&] { return program.value("quota_requests_total", "/me") == 1; }));
  RawClient other = program.connect();
  other.send(get("/quota"));
  EXPECT_THAT(other.read_answer(), HasSubstr(R"({"route":"/me","outcome":"client_gone","requests":1})"));
  EXPECT_EQ(program.value("quota_requests_total", "none"), 0);
}

TEST(Room, StandsUnderAPrefix) {
  Program program([](quota::Options& options) { options.prefix = "/internal"; });
  TestClient client(program.app);
  EXPECT_EQ(client.get("/internal/quota").json()["service"], "QUOTA 1");
}

TEST(Room, StandsInTheDocument) {
  Program program;
  const json& document = program.app.openapi();
  EXPECT_EQ(document["components"]["securitySchemes"]["ApiKey"],
            (json{{"type", "apiKey"}, {"in", "header"}, {"name", "x-api-key"}}));
  const json& me = document["paths"]["/me"]["get"];
  EXPECT_EQ(me["security"], json::parse(R"([{"ApiKey":[]}])"));
  EXPECT_EQ(me["parameters"][0]["name"], "x-api-key");
  EXPECT_EQ(me["parameters"][0]["in"], "header");
  EXPECT_FALSE(document["paths"]["/open"]["get"].contains("security"));
  const json& report = document["paths"]["/quota"]["get"];
  EXPECT_EQ(report["responses"]["200"]["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/Report");
  EXPECT_EQ(report["tags"], json::parse(R"(["quota"])"));
}

}  // namespace quota_test::gate_test

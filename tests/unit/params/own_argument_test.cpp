// SPDX-License-Identifier: MIT
// The user's own types as arguments: they wait, read parameters, appear in the document, and guard routes.
#include <serval/params/argument.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <serval/openapi/security.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::own_argument_test {

/// The functions that were called, in order. Only one thread at a time adds events.
std::vector<std::string> events;

struct Sessions {
  std::map<std::string, std::string> names{{"7", "ann"}};
};

/// A coroutine finds it.
struct Session {
  std::string name;
};
/// Cannot be copied.
struct Lease {
  explicit Lease(int of) : number(of) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  int number;
};
/// Identifies the client; reads the whole request.
struct Principal {
  std::string name;
};
/// Throws a validation error from a coroutine.
struct Failing {};
/// Read only the head of the request; the second one does not say so.
struct HeadReader {
  std::string name;
};
struct WholeReader {
  std::string name;
};

}  // namespace serval::own_argument_test

namespace serval {

namespace test = own_argument_test;

template <>
struct Argument<test::HeadReader> {
  static constexpr bool reads_only_head = true;
  static test::HeadReader from(const Request& request, State<test::Sessions>) {
    test::events.emplace_back("reader");
    return {std::string(request.header("x-agent").value_or(""))};
  }
};
template <>
struct Argument<test::WholeReader> {
  static test::WholeReader from(const Request& request, State<test::Sessions> sessions) {
    return {Argument<test::HeadReader>::from(request, sessions).name};
  }
};

template <>
struct Argument<test::Session> {
  static Task<test::Session> from(Cookie<std::string, "session"> id, State<test::Sessions> sessions) {
    test::events.emplace_back("session");
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    const auto found = sessions->names.find(id);
    if (found == sessions->names.end()) throw HttpError(403, "no such session");
    co_return test::Session{found->second};
  }
};
template <>
struct Argument<test::Lease> {
  static test::Lease from(Query<int, "lease"> number) { return test::Lease(number); }
};
template <>
struct Argument<test::Principal> {
  static Result<test::Principal> from(const Request& request) {
    test::events.emplace_back("principal");
    if (!request.headers().contains("x-name")) return HttpError(401, "who are you?");
    return test::Principal{std::string(request.headers().get("x-name").value_or(""))};
  }
  static openapi::SecurityRequirement security() {
    return {.scheme = "Name", .definition = {{"type", "apiKey"}, {"in", "header"}, {"name", "x-name"}}, .scopes = {}};
  }
};
template <>
struct Argument<test::Failing> {
  static Task<test::Failing> from() {
    throw ValidationError({{.type = "value_error", .loc = {"header", "x"}, .msg = "no", .input = "null", .ctx = {}}});
    co_return test::Failing();
  }
};

}  // namespace serval

namespace serval::own_argument_test {

class OwnArguments : public ::testing::Test {
 protected:
  OwnArguments() {
    events.clear();
    app_.provide(std::make_shared<Sessions>());
  }
  App app_;
};

TEST_F(OwnArguments, MayWaitAndReadParameters) {
  app_.get("/")([](Session session) { return session.name; });
  TestClient client{app_};
  EXPECT_EQ(client.get("/", {.cookies = {{"session", "7"}}}).body, R"("ann")");
  EXPECT_EQ(client.get("/", {.cookies = {{"session", "8"}}}).status, 403);
  const auto answer = client.get("/");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.json()["detail"][0]["loc"], (json{"cookie", "session"}));
}

std::string name_of(const Session& session) { return session.name; }

TEST_F(OwnArguments, AreSharedWithinARequest) {
  app_.get("/")([](const Session& a, Session b, Depends<name_of> name) { return json{a.name, b.name, *name}; });
  EXPECT_EQ(TestClient(app_).get("/", {.cookies = {{"session", "7"}}}).body, R"(["ann","ann","ann"])");
  EXPECT_EQ(events, std::vector<std::string>{"session"});
}

TEST_F(OwnArguments, MayChangeWhatTheyShare) {
  app_.get("/")([](Session& a, const Session& b) {
    a.name = "bob";
    return b.name;
  });
  EXPECT_EQ(TestClient(app_).get("/", {.cookies = {{"session", "7"}}}).body, R"("bob")");
}

TEST_F(OwnArguments, NeedNotBeCopyable) {
  app_.get("/")([](const Lease& lease) { return lease.number; });
  app_.get("/later")([](Lease& lease) -> Task<int> { co_return lease.number; });
  app_.get("/pool", {.blocking = true})([](Lease& lease) { return lease.number; });
  TestClient client{app_};
  for (const char* path : {"/", "/later", "/pool"}) EXPECT_EQ(client.get(path, {.query = {{"lease", "3"}}}).body, "3");
}

TEST_F(OwnArguments, StandInTheDocumentByTheirParameters) {
  app_.get("/")([](const Lease&, Session) { return 1; });
  const json& operation = app_.openapi()["paths"]["/"]["get"];
  ASSERT_EQ(operation["parameters"].size(), 2U);
  EXPECT_EQ(operation["parameters"][0]["name"], "lease");
  EXPECT_EQ(operation["parameters"][1]["name"], "session");
  EXPECT_FALSE(operation.contains("security"));
}

TEST_F(OwnArguments, AskForIdentityInTheDocument) {
  app_.get("/")([](Principal who) { return who.name; });
  EXPECT_EQ(app_.openapi()["paths"]["/"]["get"]["security"], json::parse(R"([{"Name":[]}])"));
  EXPECT_EQ(app_.openapi()["components"]["securitySchemes"]["Name"],
            json::parse(R"({"type":"apiKey","in":"header","name":"x-name"})"));
  EXPECT_EQ(TestClient(app_).get("/").status, 401);
  EXPECT_EQ(TestClient(app_).get("/", {.headers = {{"x-name", "eve"}}}).body, R"("eve")");
}

int page(Query<int, "page", default_to(0)> number) {
  events.emplace_back("page");
  return number;
}

TEST_F(OwnArguments, GuardBeforeOtherDependenciesAndBeforeTheBody) {
  app_.post("/", {.dependencies = {depends<page>}})([](json, Principal who) { return who.name; });
  TestClient client{app_};
  EXPECT_EQ(client.post("/", {.body = "{", .content_type = "application/json"}).status, 401);
  EXPECT_EQ(events, std::vector<std::string>{"principal"});
  events.clear();
  EXPECT_EQ(client.post("/", {.headers = {{"x-name", "eve"}}, .json = json{1}}).body, R"("eve")");
  EXPECT_EQ(events, (std::vector<std::string>{"principal", "page"}));
}

struct Key {
  const char* name;
  int operator()(Depends<page> number, const Request& request) const {
    events.emplace_back("key");
    if (!request.headers().contains(name)) throw HttpError(401);
    return number;
  }
  openapi::SecurityRequirement security() const {
    return {.scheme = "Key", .definition = {{"type", "apiKey"}, {"in", "header"}, {"name", name}}, .scopes = {"read"}};
  }
};
const Key key{"x-key"};
int other() {
  events.emplace_back("other");
  return 1;
}

TEST_F(OwnArguments, AndFunctionObjectsGuardWithWhatTheyDependOn) {
  app_.post("/")([](Depends<other>, json, Depends<&key> number) { return *number; });
  EXPECT_EQ(app_.openapi()["paths"]["/"]["post"]["security"], json::parse(R"([{"Key":["read"]}])"));
  TestClient client{app_};
  EXPECT_EQ(client.post("/", {.body = "{", .content_type = "application/json"}).status, 401);
  EXPECT_EQ(events, (std::vector<std::string>{"page", "key"}));
}

std::string agent_of(const Request& request) {
  events.emplace_back("agent");
  return std::string(request.headers().get("x-agent").value_or(""));
}
/// Depends on another function, which takes the whole request.
struct AgentCheck {
  int operator()(Depends<agent_of> agent) const {
    events.emplace_back("check");
    if (agent->empty()) throw HttpError(401);
    return 1;
  }
  openapi::SecurityRequirement security() const { return {.scheme = "Agent", .definition = {{"type", "http"}}}; }
};
/// Checks the body, as a signature check does.
struct SignatureCheck {
  int operator()(const json& body) const {
    events.emplace_back("signature");
    if (body.empty()) throw HttpError(401);
    return 1;
  }
  openapi::SecurityRequirement security() const { return {.scheme = "Signature", .definition = {{"type", "http"}}}; }
};

TEST_F(OwnArguments, AndWhatGuardsDependOnMayTakeTheRequest) {
  app_.post("/")([](json, Depends<AgentCheck{}> checked) { return *checked; });
  EXPECT_EQ(TestClient(app_).post("/", {.body = "{", .content_type = "application/json"}).status, 401);
  EXPECT_EQ(events, (std::vector<std::string>{"agent", "check"}));
}

int of_body(const json&) {
  events.emplace_back("of_body");
  return 1;
}

TEST_F(OwnArguments, ThatGuardAndNeedTheBodyComeFirstOnceItIsThere) {
  app_.post("/")([](Depends<of_body>, Depends<SignatureCheck{}>, Depends<page>) { return 1; });
  TestClient client{app_};
  EXPECT_EQ(client.post("/", {.json = json::array()}).status, 401);
  EXPECT_EQ(events, (std::vector<std::string>{"page", "signature"}));
}

TEST_F(OwnArguments, ThatReadOnlyTheHeadComeBeforeTheBody) {
  app_.post("/head")([](json, const HeadReader& agent, Depends<page>) { return agent.name; });
  app_.post("/whole")([](json, const WholeReader& agent, Depends<page>) { return agent.name; });
  TestClient client{app_};
  const TestRequest request{.headers = {{"x-agent", "eve"}}, .json = json{1}};
  EXPECT_EQ(client.post("/head", request).body, R"("eve")");
  EXPECT_EQ(events, (std::vector<std::string>{"reader", "page"}));
  events.clear();
  EXPECT_EQ(client.post("/whole", request).body, R"("eve")");
  EXPECT_EQ(events, (std::vector<std::string>{"page", "reader"}));
}

TEST_F(OwnArguments, HaveTheirFaultsAnsweredWithTheOthers) {
  app_.get("/")([](Failing, Query<int, "n"> n) { return *n; });
  const auto answer = TestClient(app_).get("/");
  EXPECT_EQ(answer.status, 422);
  ASSERT_EQ(answer.json()["detail"].size(), 2U) << answer.body;
  EXPECT_EQ(answer.json()["detail"][0]["loc"], (json{"header", "x"}));
  EXPECT_EQ(answer.json()["detail"][1]["loc"], (json{"query", "n"}));
}

TEST_F(OwnArguments, AreReplacedInTestsAsDependenciesAre) {
  app_.get("/")([](Principal who) { return who.name; });
  app_.override_dependency<Argument<Principal>::from>([] { return Principal{"tester"}; });
  EXPECT_EQ(TestClient(app_).get("/").body, R"("tester")");
}

}  // namespace serval::own_argument_test

// SPDX-License-Identifier: MIT
// Handlers that read the body while it arrives, in the test client and in the document.
#include <serval/params/body_stream.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::body_stream_test {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Task<std::vector<std::size_t>> sizes(BodyStream& body) {
  std::vector<std::size_t> found;
  while (const auto piece = co_await body.next()) found.push_back(piece->size());
  co_return found;
}
Task<std::string> joined(BodyStream& body) {
  std::string text;
  while (const auto piece = co_await body.next()) text.append(*piece).append("|");
  co_return text;
}

TEST(BodyStreamArgument, GetsALargeBodyInPieces) {
  App app;
  app.post<sizes>("/");
  EXPECT_EQ(TestClient(app).post("/", {.body = std::string(150'000, 'x')}).json(), (json{65536, 65536, 18928}));
}

TEST(BodyStreamArgument, GetsChunksAsTheTestCutsThem) {
  App app;
  app.post<joined>("/");
  app.post("/whole")([](const Request& request) { return std::string(request.body()); });
  TestClient client{app};
  EXPECT_EQ(client.post("/", {.body_chunks = {"a", "", "bc"}}).json(), "a|bc|");
  EXPECT_EQ(client.post("/whole", {.body_chunks = {"a", "", "bc"}}).json(), "abc");
  EXPECT_THROW(client.post("/", {.body = "a", .body_chunks = {"a"}}), std::invalid_argument);
}

TEST(BodyStreamArgument, HasNoPieceWhereThereIsNoBody) {
  App app;
  app.post<sizes>("/");
  app.get<sizes>("/");
  TestClient client{app};
  EXPECT_EQ(client.post("/").json(), json::array());
  EXPECT_EQ(client.get("/").json(), json::array());
}

TEST(BodyStreamArgument, StaysAtItsEnd) {
  App app;
  app.post("/")([](BodyStream& body) -> Task<bool> {
    while (co_await body.next()) {
    }
    co_return !(co_await body.next());
  });
  EXPECT_EQ(TestClient(app).post("/", {.body = "x"}).body, "true");
}

std::string find_owner(Header<std::string, "x-owner"> owner) { return owner; }
Task<json> store_part(BodyStream& body, Path<std::string, "name"> name, Query<int, "part", ge(1)> part,
                      Depends<find_owner> owner) {
  std::size_t size = 0;
  while (const auto piece = co_await body.next()) size += piece->size();
  co_return json{{"name", name}, {"part", part}, {"owner", *owner}, {"size", size}};
}

TEST(BodyStreamArgument, StandsBesideOtherParametersAndDependencies) {
  App app;
  app.put<store_part>("/{name}");
  TestClient client{app};
  EXPECT_EQ(client.put("/a?part=2", {.headers = {{"x-owner", "ada"}}, .body = "12345"}).body,
            R"({"name":"a","part":2,"owner":"ada","size":5})");
  EXPECT_EQ(client.put("/a?part=0", {.headers = {{"x-owner", "ada"}}, .body = "12345"}).status, 422);
}

Task<int> digit_sum(BodyStream& body) {
  int sum = 0;
  while (const auto piece = co_await body.next()) {
    for (char c : *piece) sum += c - '0';
  }
  co_return sum;
}

TEST(BodyStreamArgument, IsTakenByADependencyThatIsACoroutine) {
  App app;
  app.post("/")([](Depends<digit_sum> sum) { return *sum; });
  EXPECT_EQ(TestClient(app).post("/", {.body = "123"}).body, "6");
}

std::vector<std::string> told;
struct Session {
  void on_exception(const std::exception_ptr& thrown) {
    try {
      std::rethrow_exception(thrown);
    } catch (const HttpError& error) {
      told.emplace_back(error.what());
    }
  }
};
Session open_session() { return {}; }

TEST(BodyStreamArgument, ThatIsTooLargeIsAnErrorThatDependenciesSee) {
  App app;
  app.post("/", {.max_body_bytes = 4})([](BodyStream& body, Depends<open_session>) -> Task<std::size_t> {
    std::size_t pieces = 0;
    while (co_await body.next()) ++pieces;
    co_return pieces;
  });
  told.clear();
  TestClient client{app};
  EXPECT_EQ(client.post("/", {.body_chunks = {"ab", "cd"}}).body, "2");
  EXPECT_EQ(client.post("/", {.body = "abcde"}).status, 413) << "known before the handler is called";
  EXPECT_THAT(told, ElementsAre());
  const auto answer = client.post("/", {.body_chunks = {"ab", "cde"}});
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.body, R"({"detail":"Request body too large"})");
  EXPECT_THAT(told, ElementsAre("413: \"Request body too large\""));
}

TEST(BodyStreamArgument, MayBeSentBackWhileItIsRead) {
  App app;
  app.post("/")([](BodyStream& body, StreamWriter& out) -> Task<void> {
    while (const auto piece = co_await body.next()) {
      std::string copy(*piece);
      co_await out.write(std::move(copy));
    }
  });
  EXPECT_EQ(TestClient(app).post("/", {.body_chunks = {"one ", "two"}}).body, "one two");
}

// --- Registration --------------------------------------------------------------------------------

template <class F>
std::string refusal_of(F handler) {
  return error_of([&] {
    App app;
    app.post("/")(handler);
  });
}

TEST(BodyStreamArgument, BesideAnotherReaderOfTheBodyIsASetupError) {
  EXPECT_THAT(refusal_of([](BodyStream&, Body<int>) -> Task<void> { co_return; }),
              AllOf(HasSubstr("POST /"), HasSubstr("two consumers"), HasSubstr("Body")));
  EXPECT_THAT(refusal_of([](BodyStream&, Form<int, "n">) -> Task<void> { co_return; }), HasSubstr("Form \"n\""));
  EXPECT_THAT(refusal_of([](BodyStream&, File<UploadFile, "f">) -> Task<void> { co_return; }), HasSubstr("File \"f\""));
  EXPECT_THAT(refusal_of([](BodyStream&, BodyStream&) -> Task<void> { co_return; }), HasSubstr("two consumers"));
}

int of_body(Body<int> n) { return n; }
Task<int> of_stream(BodyStream&) { co_return 1; }

TEST(BodyStreamArgument, BesideADependencyThatReadsTheBodyIsASetupError) {
  EXPECT_THAT(refusal_of([](BodyStream&, Depends<of_body>) -> Task<void> { co_return; }), HasSubstr("two consumers"));
  EXPECT_THAT(refusal_of([](BodyStream&, Depends<of_stream>) -> Task<void> { co_return; }), HasSubstr("two consumers"));
  EXPECT_THAT(refusal_of([](Body<int>, Depends<of_stream>) {}), HasSubstr("two consumers"));
}

// --- The document --------------------------------------------------------------------------------

TEST(BodyStreamArgument, IsBytesInTheDocument) {
  App app;
  app.post<sizes>("/");
  EXPECT_EQ(app.openapi()["paths"]["/"]["post"]["requestBody"],
            json::parse(R"({"content":{"application/octet-stream":{"schema":{"type":"string","format":"binary"}}},
                            "required":true})"));
}

TEST(BodyStreamArgument, HasTheMediaTypeThatTheRouteGivesIt) {
  App app;
  const json content{{"text/csv", {{"schema", {{"type", "string"}}}}}};
  app.post<sizes>("/", {.openapi_extra = {{"requestBody", {{"content", content}}}}});
  EXPECT_EQ(app.openapi()["paths"]["/"]["post"]["requestBody"]["content"], content);
}

}  // namespace serval::body_stream_test

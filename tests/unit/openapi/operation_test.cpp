// SPDX-License-Identifier: MIT
// The Operation Object.
#include "operation_fixture.hpp"

namespace operation_test {
struct Item {
  std::string name;
};
}  // namespace operation_test

namespace serval::openapi::operation_suite {

TEST(Operation, IsCalledAfterItsHandler) {
  Operation named = operation("GET /items/{item_id}", [](Path<int, "item_id">) {});
  named.name = "read_item2";
  const json object = object_of(named);
  EXPECT_EQ(object["summary"], "Read Item2");
  EXPECT_EQ(object["operationId"], "read_item2_items__item_id__get");
}

TEST(Operation, OfALambdaIsCalledAfterMethodAndPath) {
  const json object = object_of(operation("GET /items/{item_id:int}", [](Path<int, "item_id">) {}));
  EXPECT_EQ(object["summary"], "Get Items By Item Id");
  EXPECT_EQ(object["operationId"], "get_items_by_item_id");
}

TEST(Operation, IsCalledAsItSaysItself) {
  Operation named = operation("GET /", [] {});
  named.name = "read";
  named.summary = "All of them";
  named.operation_id = "readAll";
  const json object = object_of(named);
  EXPECT_EQ(object["summary"], "All of them");
  EXPECT_EQ(object["operationId"], "readAll");
}

TEST(Operation, HasItsMembersInTheOrderOfTheStandard) {
  Operation full = operation("POST /{a}", [](Path<int, "a">, operation_test::Item) {});
  full.tags = {"x"};
  full.description = "\n  Some text\n";
  full.deprecated = true;
  full.security = {{{"key", {{"type", "apiKey"}}, {}}}};
  full.callbacks = {operation("POST /c", [] {})};
  const json object = object_of(full);
  EXPECT_EQ(keys(object),
            (std::vector<std::string>{"tags", "summary", "description", "operationId", "parameters", "requestBody",
                                      "responses", "callbacks", "deprecated", "security"}));
  EXPECT_EQ(object["description"], "Some text");
}

TEST(Operation, LeavesOutWhatIsNotThere) {
  EXPECT_EQ(keys(object_of(operation("GET /", [] {}))),
            (std::vector<std::string>{"summary", "operationId", "responses"}));
}

TEST(Operation, IsMergedWithWhatIsWrittenByHand) {
  Operation extended = operation("POST /", [](Request&) {});
  extended.tags = {"a"};
  extended.extra = {{"tags", {"b"}},
                    {"x-own", true},
                    {"responses", {{"200", {{"description", "changed"}}}}},
                    {"requestBody", {{"required", true}}}};
  const json object = object_of(extended);
  EXPECT_JSON(object["tags"], R"(["a","b"])");
  EXPECT_EQ(object["x-own"], true);
  EXPECT_EQ(object["responses"]["200"]["description"], "changed");
  EXPECT_TRUE(object["responses"]["200"].contains("content"));
  EXPECT_JSON(object["requestBody"], R"({"required":true})");
}

TEST(Security, IsOneEntryAScheme) {
  Operation secured = operation("GET /", [] {});
  const Part bearer = {{"type", "http"}, {"scheme", "bearer"}};
  secured.security = {
      {{"Bearer", bearer, {"read"}}}, {{"Key", {{"type", "apiKey"}}, {}}}, {{"Bearer", bearer, {"write", "read"}}}};
  Components components;
  const json object = operation_object(secured, "id", components);
  EXPECT_JSON(object["security"], R"([{"Bearer":["read","write"]},{"Key":[]}])");
  EXPECT_JSON(components.security_schemes, R"({"Bearer":{"type":"http","scheme":"bearer"},"Key":{"type":"apiKey"}})");
}

TEST(Security, AloneBringsNoValidationError) {
  Operation secured = operation("GET /", [] {});
  secured.security = {{{"Bearer", {{"type", "http"}}, {}}}};
  EXPECT_FALSE(object_of(secured)["responses"].contains("422"));
}

TEST(Callbacks, StandUnderNameAndExpression) {
  Operation creates = operation("POST /invoices", [](operation_test::Item) {});
  Operation callback = operation("POST /x", [](operation_test::Item) {});
  callback.name = "paid";
  callback.path = "{$request.body.url}";
  creates.callbacks = {callback};
  const json callbacks = object_of(creates)["callbacks"];
  const json& object = callbacks["paid"]["{$request.body.url}"]["post"];
  EXPECT_EQ(object["operationId"], "paid__request_body_url__post");
  EXPECT_EQ(object["summary"], "Paid");
  EXPECT_TRUE(object.contains("requestBody"));
}

}  // namespace serval::openapi::operation_suite

// SPDX-License-Identifier: MIT
// The Request Body Object of an operation.
#include "operation_fixture.hpp"

#include <optional>

#include <serval/schema/partial.hpp>

namespace request_body_test {
struct Item {
  std::string name;
};
}  // namespace request_body_test

namespace serval::openapi::request_body_suite {

struct Made {
  json body;
  json schemas;
};

Made body_of(const Operation& operation) {
  Components components;
  Made made;
  made.body = request_body_of(operation, proposed_operation_id(operation), components);
  made.schemas = components.schemas.finish(made.body);
  return made;
}

json schema_of(const Operation& operation) { return body_of(operation).body["content"]["application/json"]["schema"]; }

TEST(RequestBody, OfAModelRefersToIt) {
  EXPECT_JSON(body_of(operation("POST /items", [](request_body_test::Item) {})).body,
              R"({"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}},"required":true})");
}

TEST(RequestBody, IsAbsentWithoutOne) {
  EXPECT_TRUE(body_of(operation("POST /items", [](Query<int, "q">) {})).body.is_null());
}

TEST(RequestBody, IsNotRequiredWhenOptional) {
  EXPECT_JSON(body_of(operation("POST /items", [](std::optional<request_body_test::Item>) {})).body,
              R"({"content":{"application/json":{"schema":
                   {"anyOf":[{"$ref":"#/components/schemas/Item"},{"type":"null"}],"title":"Item"}}}})");
}

TEST(RequestBody, HasATitleWhereItIsNoModel) {
  EXPECT_JSON(schema_of(operation("POST /", [](std::vector<request_body_test::Item>) {})),
              R"({"type":"array","items":{"$ref":"#/components/schemas/Item"},"title":"Body"})");
  EXPECT_JSON(schema_of(operation("POST /", [](Body<int, ge(1), schema::title("Count")>) {})),
              R"({"type":"integer","minimum":1,"title":"Count"})");
}

TEST(RequestBody, OfAnyJsonHasNoTitle) {
  EXPECT_JSON(schema_of(operation("POST /", [](json) {})), "{}");
}

TEST(RequestBody, OfSeveralPartsIsAComponent) {
  Operation several = operation("PUT /items/{id}", [](Path<int, "id">, Body<request_body_test::Item, "item">,
                                                      Body<int, "amount", default_to(1)>) {});
  several.name = "update_item";
  const Made made = body_of(several);
  EXPECT_JSON(made.body, R"({"content":{"application/json":{"schema":
                              {"$ref":"#/components/schemas/Body_update_item_items__id__put"}}},"required":true})");
  EXPECT_JSON(made.schemas["Body_update_item_items__id__put"],
              R"({"type":"object","title":"Body_update_item_items__id__put","required":["item"],
                  "properties":{"item":{"$ref":"#/components/schemas/Item"},
                                "amount":{"type":"integer","title":"Amount","default":1}}})");
}

TEST(RequestBody, OfOnePartWithANameIsEmbedded) {
  const Made made = body_of(operation("POST /items", [](Body<request_body_test::Item, "item">) {}));
  EXPECT_EQ(keys(made.schemas), (std::vector<std::string>{"Body_post_items", "Item"}));
}

TEST(RequestBody, OfOptionalPartsIsNotRequired) {
  const Made made = body_of(operation("POST /", [](Body<std::optional<int>, "a">, Body<std::optional<int>, "b">) {}));
  EXPECT_FALSE(made.body.contains("required"));
  EXPECT_FALSE(made.schemas["Body_post_root"].contains("required"));
}

TEST(RequestBody, IsLeftOutForMethodsThatHaveNone) {
  EXPECT_TRUE(body_of(operation("TRACE /", [](request_body_test::Item) {})).body.is_null());
  EXPECT_TRUE(body_of(operation("OPTIONS /", [](request_body_test::Item) {})).body.is_null());
  for (const char* label : {"GET /", "HEAD /", "PUT /", "DELETE /", "PATCH /"})
    EXPECT_FALSE(body_of(operation(label, [](request_body_test::Item) {})).body.is_null()) << label;
}

TEST(RequestBody, ShowsExamplesOfTheOptions) {
  Operation with_examples = operation("POST /", [](request_body_test::Item) {});
  with_examples.examples = {{"requestBody", {{"normal", {{"value", {{"name", "a"}}}}}}}};
  EXPECT_JSON(body_of(with_examples).body["content"]["application/json"]["examples"],
              R"({"normal":{"value":{"name":"a"}}})");
}

}  // namespace serval::openapi::request_body_suite

// SPDX-License-Identifier: MIT
#include "openapi/document.hpp"

#include "operation_fixture.hpp"

namespace document_test {
struct Price {
  double euros = 0;
};
struct Item {
  std::string name;
  Price price;
};
struct Plain {
  int a;
};
}  // namespace document_test

template <>
struct serval::Convert<document_test::Price> {
  static document_test::Price from_wire(double euros) { return {euros}; }
  static double to_wire(const document_test::Price& price) { return price.euros; }
  static constexpr std::string_view schema = R"({"type":["number","string"]})";
  static constexpr std::string_view output_schema = R"({"type":"number"})";
};

namespace serval::openapi::document_suite {

Description described(std::vector<Operation> operations = {}) {
  Description description;
  description.title = "Shop";
  description.version = "1.0.0";
  description.operations = std::move(operations);
  return description;
}

json document_of(const Description& description) { return make_document(description).value; }

TEST(Document, HasVersionInfoAndPathsAtLeast) {
  EXPECT_EQ(schema::to_text(document_of(described())),
            R"({"openapi":"3.1.0","info":{"title":"Shop","version":"1.0.0"},"paths":{}})");
}

TEST(Document, SaysAllThatIsKnownOfTheApplication) {
  Description all = described();
  all.summary = "S";
  all.description = "D";
  all.terms_of_service = "http://a/terms";
  all.contact = {.name = "Ada", .url = "http://a", .email = "ada@example.com"};
  all.license = {.name = "MIT", .identifier = "MIT"};
  all.servers = {{.url = "/v1"}, {.url = "https://b", .description = "B", .variables = {{"p", {{"default", "1"}}}}}};
  all.tags = {{.name = "t"}, {.name = "u", .description = "U", .external_docs = {.url = "http://c"}}};
  all.external_docs = {.url = "http://d", .description = "More"};
  EXPECT_JSON(document_of(all), R"({"openapi":"3.1.0",
    "info":{"title":"Shop","summary":"S","description":"D","termsOfService":"http://a/terms",
            "contact":{"name":"Ada","url":"http://a","email":"ada@example.com"},
            "license":{"name":"MIT","identifier":"MIT"},"version":"1.0.0"},
    "servers":[{"url":"/v1"},{"url":"https://b","description":"B","variables":{"p":{"default":"1"}}}],
    "paths":{},
    "tags":[{"name":"t"},{"name":"u","description":"U","externalDocs":{"url":"http://c"}}],
    "externalDocs":{"url":"http://d","description":"More"}})");
}

TEST(Document, HasItsMembersInTheOrderOfTheStandard) {
  Description all = described({operation("GET /", []() -> document_test::Plain { return {}; })});
  all.servers = {{.url = "/"}};
  all.tags = {{.name = "t"}};
  all.external_docs = {.url = "http://d"};
  all.webhooks = {operation("POST /hook", [] {})};
  EXPECT_EQ(keys(document_of(all)), (std::vector<std::string>{"openapi", "info", "servers", "paths", "webhooks",
                                                              "components", "tags", "externalDocs"}));
}

TEST(Document, PutsTheMethodsOfAPathTogether) {
  const json document =
      document_of(described({operation("GET /a", [] {}), operation("GET /b", [] {}), operation("POST /a", [] {})}));
  EXPECT_EQ(keys(document["paths"]), (std::vector<std::string>{"/a", "/b"}));
  EXPECT_EQ(keys(document["paths"]["/a"]), (std::vector<std::string>{"get", "post"}));
}

TEST(Document, LeavesOutMethodsThatOpenApiDoesNotHave) {
  EXPECT_JSON(document_of(described({operation("PROPFIND /a", [] {})}))["paths"], "{}");
}

TEST(Document, ShowsTheFirstOfRoutesThatDifferInConvertersAlone) {
  const Document made = make_document(described(
      {operation("GET /{id:int}", [](Path<int, "id">) {}), operation("GET /{id}", [](Path<std::string, "id">) {})}));
  EXPECT_EQ(made.value["paths"]["/{id}"]["get"]["parameters"][0]["schema"]["type"], "integer");
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_NE(made.warnings.front().find("GET /{id}"), std::string::npos);
}

TEST(Document, SortsItsSchemas) {
  const json document = document_of(described({operation("POST /", [](document_test::Plain, Query<int, "q">) {}),
                                               operation("POST /item", []() -> document_test::Item { return {}; })}));
  EXPECT_EQ(keys(document["components"]["schemas"]),
            (std::vector<std::string>{"HTTPValidationError", "Item", "Plain", "ValidationError"}));
}

TEST(Document, HasSecuritySchemesBesideSchemas) {
  Operation secured = operation("GET /", [] {});
  secured.security = {{{"Key", {{"type", "apiKey"}, {"in", "query"}, {"name", "key"}}, {}}}};
  EXPECT_JSON(document_of(described({secured}))["components"],
              R"({"securitySchemes":{"Key":{"type":"apiKey","in":"query","name":"key"}}})");
}

TEST(Document, ShowsWebhooksByName) {
  Description description = described();
  description.webhooks = {operation("POST /new", [](document_test::Plain) {})};
  description.webhooks.front().path = "new-order";
  description.webhooks.front().name = "new_order";
  const json document = document_of(description);
  EXPECT_EQ(document["webhooks"]["new-order"]["post"]["operationId"], "new_ordernew_order_post");
  EXPECT_TRUE(document["components"]["schemas"].contains("Plain"));
}

TEST(OperationIds, OfTheProgrammersAreKeptAndWarnedOf) {
  Operation first = operation("GET /a", [] {});
  Operation second = operation("GET /b", [] {});
  first.operation_id = second.operation_id = "same";
  const Document made = make_document(described({first, second}));
  EXPECT_EQ(made.value["paths"]["/b"]["get"]["operationId"], "same");
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_NE(made.warnings.front().find("\"same\""), std::string::npos);
}

TEST(OperationIds, MadeOfThePathAreNumberedWhereTheyMeet) {
  const Document made = make_document(described({operation("GET /a", [] {}), operation("GET /a/", [] {})}));
  EXPECT_EQ(made.value["paths"]["/a/"]["get"]["operationId"], "get_a_2");
  EXPECT_TRUE(made.warnings.empty());
}

TEST(Models, ThatGoInAndOutTheSameWayAreOneComponent) {
  const json document = document_of(described({operation("POST /", [](document_test::Plain plain) { return plain; })}));
  EXPECT_EQ(keys(document["components"]["schemas"]),
            (std::vector<std::string>{"HTTPValidationError", "Plain", "ValidationError"}));
}

TEST(Models, ThatDifferAreTwoComponents) {
  const json document = document_of(described({operation("POST /", [](document_test::Item item) { return item; })}));
  EXPECT_EQ(keys(document["components"]["schemas"]),
            (std::vector<std::string>{"HTTPValidationError", "Item-Input", "Item-Output", "ValidationError"}));
  const json& post = document["paths"]["/"]["post"];
  EXPECT_EQ(post["requestBody"]["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/Item-Input");
  EXPECT_EQ(post["responses"]["200"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/Item-Output");
}

TEST(Models, MayBeKeptTogether) {
  Description description = described({operation("POST /", [](document_test::Item item) { return item; })});
  description.separate_input_output_schemas = false;
  const json document = document_of(description);
  EXPECT_JSON(document["components"]["schemas"]["Item"]["properties"]["price"],
              R"({"type":["number","string"],"title":"Price"})");
  EXPECT_FALSE(document["components"]["schemas"].contains("Item-Output"));
}

TEST(WithServer, PutsTheRootPathFirst) {
  Description description = described();
  EXPECT_EQ(with_server(document_of(description), ""), document_of(description));
  EXPECT_EQ(schema::to_text(with_server(document_of(description), "/api")),
            R"({"openapi":"3.1.0","info":{"title":"Shop","version":"1.0.0"},"servers":[{"url":"/api"}],"paths":{}})");
  description.servers = {{.url = "/v1"}};
  EXPECT_JSON(with_server(document_of(description), "/api")["servers"], R"([{"url":"/api"},{"url":"/v1"}])");
  EXPECT_JSON(with_server(document_of(description), "/v1")["servers"], R"([{"url":"/v1"}])");
}

}  // namespace serval::openapi::document_suite

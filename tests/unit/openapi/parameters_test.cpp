// SPDX-License-Identifier: MIT
// The Parameter Objects of an operation.
#include "operation_fixture.hpp"

#include <optional>

namespace parameters_test {
enum class Sort { name, price };
struct Filter {
  serval::Field<int, serval::ge(1), serval::schema::description("At most so many")> limit;
  std::optional<std::string> q;
  serval::Default<std::vector<std::string>> tags;
  serval::Field<std::optional<int>, serval::schema::hidden> secret;
  serval::Field<std::optional<int>, serval::schema::deprecated, serval::alias("old-size")> old_size;
};
struct CommonHeaders {
  std::string host;
  bool save_data;
  serval::Default<std::vector<std::string>> x_tag;
};
}  // namespace parameters_test

namespace serval::openapi::parameters_suite {

json parameters(const Operation& operation) {
  Components components;
  return parameters_of(operation, components);
}

TEST(Parameters, HaveNamePlaceAndSchema) {
  EXPECT_JSON(parameters(operation("GET /items/{item_id}", [](Path<int, "item_id", ge(1)>) {})),
              R"([{"name":"item_id","in":"path","required":true,
                   "schema":{"type":"integer","minimum":1,"title":"Item Id"}}])");
}

TEST(Parameters, StandInTheOrderOfTheirPlaces) {
  const json all = parameters(operation("GET /{a}/{b}", [](Cookie<int, "c">, Header<int, "h">, Query<int, "q2">,
                                                           Query<int, "q1">, Path<int, "b">, Path<int, "a">) {}));
  std::vector<std::string> order;
  for (const json& each : all) order.push_back(each["in"].get<std::string>() + " " + each["name"].get<std::string>());
  EXPECT_EQ(order, (std::vector<std::string>{"path b", "path a", "query q2", "query q1", "header h", "cookie c"}));
}

TEST(Parameters, AreRequiredUnlessTheyMayBeAbsent) {
  const json all = parameters(operation("GET /", [](Query<int, "a">, Query<std::optional<int>, "b">,
                                                    Query<int, "c", default_to(5)>, Query<Nullable<int>, "d">) {}));
  EXPECT_EQ(all[0]["required"], true);
  EXPECT_EQ(all[1]["required"], false);
  EXPECT_EQ(all[2]["required"], false);
  EXPECT_EQ(all[3]["required"], true);
  EXPECT_EQ(all[2]["schema"]["default"], 5);
}

TEST(Parameters, RepeatTheirDescriptionInTheSchema) {
  EXPECT_JSON(parameters(operation("GET /", [](Query<int, "q", schema::title("Given"), schema::description("which"),
                                                     schema::deprecated, schema::example(3)>) {})),
              R"([{"name":"q","in":"query","required":true,"description":"which","deprecated":true,
           "schema":{"type":"integer","title":"Given","description":"which","deprecated":true,"examples":[3]}}])");
}

TEST(Parameters, OfHeadersHaveHyphens) {
  const json all = parameters(
      operation("GET /", [](Header<std::string, "user_agent">, Header<std::string, "odd_one", keep_underscores>) {}));
  EXPECT_EQ(all[0]["name"], "user-agent");
  EXPECT_EQ(all[0]["schema"]["title"], "User-Agent");
  EXPECT_EQ(all[1]["name"], "odd_one");
}

TEST(Parameters, AreCalledByTheirAlias) {
  const json all = parameters(operation("GET /", [](Query<int, "item", alias("item-query")>) {}));
  EXPECT_EQ(all[0]["name"], "item-query");
  EXPECT_EQ(all[0]["schema"]["title"], "Item-Query");
}

TEST(Parameters, MayBeHidden) {
  EXPECT_EQ(parameters(operation("GET /", [](Query<int, "secret", schema::hidden>) {})), json::array());
}

TEST(Parameters, OfEnumerationsReferToThem) {
  EXPECT_JSON(parameters(operation(
                  "GET /", [](Query<parameters_test::Sort, "sort", default_to(parameters_test::Sort::price)>) {})),
              R"([{"name":"sort","in":"query","required":false,
                   "schema":{"$ref":"#/components/schemas/Sort","default":"price"}}])");
}

TEST(Parameters, OfAGroupAreOneForEachMember) {
  EXPECT_JSON(parameters(operation("GET /", [](Query<parameters_test::Filter>) {})),
              R"([{"name":"limit","in":"query","required":true,"description":"At most so many",
                   "schema":{"type":"integer","minimum":1,"title":"Limit","description":"At most so many"}},
                  {"name":"q","in":"query","required":false,
                   "schema":{"anyOf":[{"type":"string"},{"type":"null"}],"title":"Q"}},
                  {"name":"tags","in":"query","required":false,
                   "schema":{"type":"array","items":{"type":"string"},"default":[],"title":"Tags"}},
                  {"name":"old-size","in":"query","required":false,"deprecated":true,
                   "schema":{"anyOf":[{"type":"integer"},{"type":"null"}],"title":"Old-Size","deprecated":true}}])");
}

TEST(Parameters, OfAGroupOfHeadersHaveHyphensButPlainTitles) {
  const json all = parameters(operation("GET /", [](Header<parameters_test::CommonHeaders>) {}));
  EXPECT_EQ(all[1]["name"], "save-data");
  EXPECT_EQ(all[1]["schema"]["title"], "Save Data");
  EXPECT_EQ(all[2]["name"], "x-tag");
}

TEST(Parameters, OfOneNameAreOneAndRequiredIfAnyIs) {
  Operation both = operation("GET /", [](Query<int, "q">, Query<int, "other">) {});
  const Operation optional = operation("GET /", [](Query<std::optional<int>, "q">, Header<int, "q">) {});
  both.parameters.insert(both.parameters.end(), optional.parameters.begin(), optional.parameters.end());
  const json all = parameters(both);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0]["name"], "q");
  EXPECT_EQ(all[0]["required"], true);
  EXPECT_EQ(all[2]["in"], "header");
}

TEST(Parameters, OfOneNameTakeTheRequiredOneThatCameLater) {
  Operation both = operation("GET /", [](Query<std::optional<int>, "q">) {});
  const Operation required = operation("GET /", [](Query<int, "q">) {});
  both.parameters.push_back(required.parameters.front());
  EXPECT_JSON(parameters(both),
              R"([{"name":"q","in":"query","required":true,"schema":{"type":"integer","title":"Q"}}])");
}

TEST(Parameters, ShowExamplesOfTheOptions) {
  Operation with_examples = operation("GET /", [](Query<int, "q">, Query<int, "r">) {});
  with_examples.examples = {{"q", {{"small", {{"value", 1}}}}}};
  const json all = parameters(with_examples);
  EXPECT_JSON(all[0]["examples"], R"({"small":{"value":1}})");
  EXPECT_FALSE(all[1].contains("examples"));
}

TEST(NamesForExamples, AreThoseOnTheWire) {
  const Operation all =
      operation("POST /{id}", [](Path<int, "id">, Header<parameters_test::CommonHeaders>, Body<int>) {});
  EXPECT_EQ(names_for_examples(all.parameters),
            (std::vector<std::string>{"id", "host", "save-data", "x-tag", "requestBody"}));
}

}  // namespace serval::openapi::parameters_suite

// SPDX-License-Identifier: MIT
// The Responses Object of an operation.
#include "operation_fixture.hpp"

#include <optional>
#include <variant>

#include <serval/params/json_response.hpp>

namespace responses_test {
struct Item {
  std::string name;
};
struct Message {
  std::string message;
};
struct Csv {};
struct Xml : serval::Response {
  static constexpr std::string_view media_type = "application/xml";
  static constexpr int default_status = 203;
};
}  // namespace responses_test

template <>
struct serval::Respond<responses_test::Csv> {
  static constexpr std::string_view media_type = "text/csv";
  static Response to_response(const responses_test::Csv&) { return Response(200); }
};

namespace serval::openapi::responses_suite {

json responses(const Operation& operation) {
  Components components;
  json all = responses_of(operation, proposed_operation_id(operation), components);
  static_cast<void>(components.schemas.finish(all));  // resolves the component names that `all` refers to
  return all;
}

template <class R>
Operation returning() {
  return operation("GET /", []() -> R { throw HttpError(500); });
}

TEST(Responses, OfAModelReferToIt) {
  EXPECT_JSON(responses(returning<responses_test::Item>()),
              R"({"200":{"description":"Successful Response",
                         "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}}})");
}

TEST(Responses, HaveTheStatusAndDescriptionOfTheRoute) {
  Operation created = returning<responses_test::Item>();
  created.status_code = 201;
  created.response_description = "The new item";
  const json all = responses(created);
  EXPECT_EQ(keys(all), std::vector<std::string>{"201"});
  EXPECT_EQ(all["201"]["description"], "The new item");
}

TEST(Responses, OfAnyJsonOrNothingSayNothingOfIt) {
  EXPECT_JSON(responses(returning<json>())["200"]["content"], R"({"application/json":{"schema":{}}})");
  EXPECT_JSON(responses(returning<void>())["200"]["content"], R"({"application/json":{"schema":{}}})");
}

TEST(Responses, HaveATitleWhereTheyAreNoModel) {
  Operation list = operation("GET /items/", []() -> std::vector<responses_test::Item> { return {}; });
  list.name = "read_items";
  EXPECT_JSON(responses(list)["200"]["content"]["application/json"]["schema"],
              R"({"type":"array","items":{"$ref":"#/components/schemas/Item"},
                  "title":"Response Read Items Items  Get"})");
  EXPECT_JSON(responses(returning<std::string>())["200"]["content"]["application/json"]["schema"],
              R"({"type":"string","title":"Response Get Root"})");
}

TEST(Responses, HaveNoContentWhereTheStatusHasNone) {
  Operation deletes = returning<void>();
  deletes.status_code = 204;
  EXPECT_JSON(responses(deletes), R"({"204":{"description":"Successful Response"}})");
  EXPECT_JSON(responses(returning<http::NoContent>()), R"({"204":{"description":"Successful Response"}})");
}

TEST(Responses, OfTextsSayTheirMediaType) {
  EXPECT_JSON(responses(returning<HtmlResponse>())["200"]["content"], R"({"text/html":{"schema":{"type":"string"}}})");
  EXPECT_JSON(responses(returning<PlainTextResponse>())["200"]["content"],
              R"({"text/plain":{"schema":{"type":"string"}}})");
  EXPECT_JSON(responses(returning<JsonResponse>())["200"]["content"], R"({"application/json":{"schema":{}}})");
}

TEST(Responses, OfAPlainResponseSayNoMediaType) {
  EXPECT_JSON(responses(returning<Response>()), R"({"200":{"description":"Successful Response"}})");
  Operation said = returning<Response>();
  said.response_media_type = "image/png";
  EXPECT_JSON(responses(said)["200"]["content"], R"({"image/png":{"schema":{"type":"string"}}})");
  said.response_media_type = "application/problem+json";
  EXPECT_JSON(responses(said)["200"]["content"], R"({"application/problem+json":{"schema":{}}})");
}

TEST(Responses, AreJsonWhateverTheCaseAndParametersOfTheMediaType) {
  Operation said = returning<Response>();
  said.response_media_type = "Application/JSON; charset=utf-8";
  EXPECT_JSON(responses(said)["200"]["content"], R"({"Application/JSON; charset=utf-8":{"schema":{}}})");
}

TEST(Responses, OfARedirectHaveItsStatusAndNoContent) {
  EXPECT_JSON(responses(returning<RedirectResponse>()), R"({"307":{"description":"Successful Response"}})");
  Operation moved = returning<RedirectResponse>();
  moved.status_code = 301;
  EXPECT_EQ(keys(responses(moved)), std::vector<std::string>{"301"});
}

TEST(Responses, OfClassesOfOnesOwnAreWhatTheySay) {
  EXPECT_JSON(responses(returning<responses_test::Xml>()),
              R"({"203":{"description":"Successful Response",
                         "content":{"application/xml":{"schema":{"type":"string"}}}}})");
  EXPECT_JSON(responses(returning<responses_test::Csv>())["200"]["content"],
              R"({"text/csv":{"schema":{"type":"string"}}})");
}

TEST(Responses, OfAlternativesStandAtTheirStatus) {
  EXPECT_JSON(responses(returning<OneOf<http::Created<responses_test::Item>, http::NotFound<responses_test::Message>,
                                        http::Conflict<std::string>>>()),
              R"({"201":{"description":"Successful Response",
                         "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}},
                  "404":{"description":"Not Found",
                         "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Message"}}}},
                  "409":{"description":"Conflict",
                         "content":{"application/json":{"schema":{"type":"string",
                                                                  "title":"Response 409 Get Root"}}}}})");
}

TEST(Responses, OfOneStatusAreAlternativesOfOneAnother) {
  EXPECT_JSON((responses(returning<OneOf<http::Ok<responses_test::Item>, http::Ok<responses_test::Message>,
                                         http::Ok<responses_test::Item>>>())),
              R"({"200":{"description":"Successful Response","content":{"application/json":{"schema":
                   {"anyOf":[{"$ref":"#/components/schemas/Item"},{"$ref":"#/components/schemas/Message"}],
                    "title":"Response Get Root"}}}}})");
}

TEST(Responses, OfOneStatusMayHaveSeveralMediaTypes) {
  EXPECT_EQ(keys(responses(returning<OneOf<responses_test::Item, HtmlResponse>>())["200"]["content"]),
            (std::vector<std::string>{"application/json", "text/html"}));
}

TEST(Responses, OfAVariantAreThoseOfItsAlternatives) {
  EXPECT_JSON((responses(returning<std::variant<Response, json>>())),
              R"({"200":{"description":"Successful Response","content":{"application/json":{"schema":{}}}}})");
  EXPECT_JSON(
      (responses(
          returning<std::variant<responses_test::Item, http::NotFound<responses_test::Message>, HtmlResponse>>())),
      R"({"200":{"description":"Successful Response",
                 "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}},
                            "text/html":{"schema":{"type":"string"}}}},
          "404":{"description":"Not Found",
                 "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Message"}}}}})");
}

TEST(Responses, OfAResultAreItsValues) {
  EXPECT_EQ(keys(responses(returning<Result<responses_test::Item>>())), std::vector<std::string>{"200"});
}

TEST(Responses, OfEventsDescribeTheirFields) {
  constexpr detail::ResponseSpec plain[] = {{0, nullptr, detail::ResponseContent::events}};
  Operation events = returning<void>();
  events.responses = plain;
  EXPECT_JSON(responses(events)["200"]["content"],
              R"({"text/event-stream":{"itemSchema":{"type":"object","properties":
                   {"data":{"type":"string"},"event":{"type":"string"},"id":{"type":"string"},
                    "retry":{"type":"integer","minimum":0}}}}})");
  static constexpr detail::ResponseSpec typed[] = {
      {0, &detail::type_of<responses_test::Item>, detail::ResponseContent::events}};
  events.responses = typed;
  const json schema = responses(events)["200"]["content"]["text/event-stream"]["itemSchema"];
  EXPECT_JSON(schema["properties"]["data"],
              R"({"type":"string","contentMediaType":"application/json",
                  "contentSchema":{"$ref":"#/components/schemas/Item"}})");
  EXPECT_JSON(schema["required"], R"(["data"])");
}

TEST(Responses, OfJsonLinesDescribeALine) {
  static constexpr detail::ResponseSpec lines[] = {
      {0, &detail::type_of<responses_test::Item>, detail::ResponseContent::json_lines}};
  Operation stream = returning<void>();
  stream.responses = lines;
  EXPECT_JSON(responses(stream)["200"]["content"],
              R"({"application/jsonl":{"itemSchema":{"$ref":"#/components/schemas/Item"}}})");
}

TEST(ValidationError, StandsWhereThereIsAnythingToValidate) {
  EXPECT_FALSE(responses(operation("GET /", [] {})).contains("422"));
  const json expected = schema::parse_json(R"({"description":"Validation Error","content":{"application/json":{"schema":
                                       {"$ref":"#/components/schemas/HTTPValidationError"}}}})");
  EXPECT_EQ(responses(operation("GET /", [](Query<int, "q">) {}))["422"], expected);
  EXPECT_EQ(responses(operation("POST /", [](responses_test::Item) {}))["422"], expected);
  EXPECT_EQ(responses(operation("GET /", [](Query<int, "q", schema::hidden>) {}))["422"], expected);
}

TEST(ValidationError, IsLeftOutWhereTheRouteSaysWhatComes) {
  for (const ResponseKey& key : {ResponseKey(422), ResponseKey("4xx"), ResponseKey("default")}) {
    Operation described = operation("GET /", [](Query<int, "q">) {});
    described.extra_responses = {{.status = key, .description = "mine"}};
    const json all = responses(described);
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all[key.text()]["description"], "mine");
  }
}

TEST(ValidationError, BringsItsComponents) {
  Components components;
  const Operation validated = operation("GET /", [](Query<int, "q">) {});
  json document = responses_of(validated, "a", components);
  json second = responses_of(validated, "b", components);
  const json schemas = components.schemas.finish(document);
  EXPECT_JSON(schemas, R"({
    "HTTPValidationError":{"type":"object","title":"HTTPValidationError","properties":{
      "detail":{"type":"array","items":{"$ref":"#/components/schemas/ValidationError"},"title":"Detail"}}},
    "ValidationError":{"type":"object","title":"ValidationError","required":["loc","msg","type"],"properties":{
      "loc":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]},"title":"Location"},
      "msg":{"type":"string","title":"Message"},"type":{"type":"string","title":"Error Type"},
      "input":{"title":"Input"},"ctx":{"type":"object","title":"Context"}}}})");
}

TEST(ValidationError, IsAProblemWhereErrorsAre) {
  Components components;
  components.error_format = http::ErrorFormat::problem_details;
  json document = responses_of(operation("GET /", [](Query<int, "q">) {}), "a", components);
  EXPECT_FALSE(document["422"]["content"].contains("application/json"));
  const json schemas = components.schemas.finish(document);
  EXPECT_EQ(document["422"]["content"]["application/problem+json"]["schema"]["$ref"],
            "#/components/schemas/ProblemDetails");
  EXPECT_FALSE(schemas.contains("HTTPValidationError"));
  EXPECT_JSON(schemas["ProblemDetails"], R"({"type":"object","title":"ProblemDetails",
    "required":["type","title","status"],"properties":{
      "type":{"type":"string","format":"uri-reference","title":"Type","default":"about:blank"},
      "title":{"type":"string","title":"Title"},"status":{"type":"integer","title":"Status"},
      "detail":{"type":"string","title":"Detail"},
      "instance":{"type":"string","format":"uri-reference","title":"Instance"},
      "errors":{"type":"array","items":{"$ref":"#/components/schemas/ValidationError"},"title":"Errors"}}})");
}

json with_extra(const Operation& bare, ResponseList extra) {
  Operation all = bare;
  all.extra_responses = std::move(extra);
  return responses(all);
}

TEST(ExtraResponses, AreDescribedByTheirStatus) {
  const json all = with_extra(returning<responses_test::Item>(), {{.status = 404},
                                                                  {.status = 418},
                                                                  {.status = 599},
                                                                  {.status = "1XX"},
                                                                  {.status = "2xx"},
                                                                  {.status = "3XX"},
                                                                  {.status = "4XX"},
                                                                  {.status = "5XX"},
                                                                  {.status = "default"},
                                                                  {.status = 409, .description = "Taken"}});
  const auto description = [&](const char* key) { return all[key]["description"].get<std::string>(); };
  EXPECT_EQ(description("404"), "Not Found");
  EXPECT_EQ(description("418"), "I'm a Teapot");
  EXPECT_EQ(description("599"), "Additional Response");
  EXPECT_EQ(description("1XX"), "Information");
  EXPECT_EQ(description("2XX"), "Success");
  EXPECT_EQ(description("3XX"), "Redirection");
  EXPECT_EQ(description("4XX"), "Client Error");
  EXPECT_EQ(description("5XX"), "Server Error");
  EXPECT_EQ(description("default"), "Default Response");
  EXPECT_EQ(description("409"), "Taken");
}

TEST(ExtraResponses, HaveModelHeadersLinksAndContent) {
  const json all =
      with_extra(returning<responses_test::Item>(), {{.status = 404,
                                                      .model = model_of<responses_test::Message>,
                                                      .headers = {{"x-why", {{"schema", {{"type", "string"}}}}}},
                                                      .links = {{"next", {{"operationId", "other"}}}},
                                                      .content = {{"text/plain", {{"example", "gone"}}}}}});
  EXPECT_JSON(all["404"], R"({"description":"Not Found","headers":{"x-why":{"schema":{"type":"string"}}},
                              "links":{"next":{"operationId":"other"}},
                              "content":{"text/plain":{"example":"gone"},
                                         "application/json":{"schema":{"$ref":"#/components/schemas/Message"}}}})");
}

TEST(ExtraResponses, HaveATitleWhereTheModelIsNone) {
  const json all =
      with_extra(returning<responses_test::Item>(), {{.status = 409, .model = model_of<std::vector<int>>}});
  EXPECT_EQ(all["409"]["content"]["application/json"]["schema"]["title"], "Response 409 Get Root");
}

TEST(ExtraResponses, ShowModelsUnderTheMediaTypeOfTheRoute) {
  EXPECT_TRUE(with_extra(returning<HtmlResponse>(),
                         {{.status = 404, .model = model_of<responses_test::Message>}})["404"]["content"]
                  .contains("text/html"));
  EXPECT_TRUE(with_extra(returning<HtmlResponse>(), {{.status = 404,
                                                      .model = model_of<responses_test::Message>,
                                                      .media_type = "application/json"}})["404"]["content"]
                  .contains("application/json"));
}

TEST(ExtraResponses, OfTheRoutesOwnStatusJoinIt) {
  EXPECT_JSON(
      with_extra(returning<responses_test::Item>(), {{.status = 200, .content = {{"image/png", json::object()}}}}),
      R"({"200":{"description":"Successful Response",
                         "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}},
                                    "image/png":{}}}})");
}

}  // namespace serval::openapi::responses_suite

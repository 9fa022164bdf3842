// SPDX-License-Identifier: MIT
#include "client_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace serval::tool::client_document_test {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string fault_of(const std::string& text) {
  try {
    static_cast<void>(read_document(text, "api.json"));
  } catch (const std::runtime_error& fault) {
    return fault.what();
  }
  return {};
}

TEST(DocumentAddress, OfAServerIsItsDocument) {
  EXPECT_EQ(document_address("http://127.0.0.1:8000"), "http://127.0.0.1:8000/openapi.json");
  EXPECT_EQ(document_address("https://example.com/"), "https://example.com/openapi.json");
}

TEST(DocumentAddress, WithAPathStaysAsItIs) {
  for (const char* address : {"http://a/api.json", "http://a/v1/", "http://a/?x=1", "http://a?x=1"})
    EXPECT_EQ(document_address(address).substr(0, std::string(address).size()), address);
  EXPECT_EQ(document_address("http://a/v1/"), "http://a/v1/");
  EXPECT_EQ(document_address("http://a/?x=1"), "http://a/?x=1");
}

TEST(Address, IsToldFromAFile) {
  EXPECT_TRUE(is_address("http://a"));
  EXPECT_TRUE(is_address("https://a"));
  EXPECT_FALSE(is_address("http.json"));
  EXPECT_FALSE(is_address("api/http://a"));
}

TEST(ReadDocument, KeepsTheOrderOfMembers) {
  const std::string text = R"({"openapi":"3.1.0","paths":{"/b":{},"/a":{}},"info":{}})";
  EXPECT_EQ(read_document(text, "api.json").dump(), text);
}

TEST(ReadDocument, NamesWhatIsNotADocument) {
  EXPECT_THAT(fault_of("{,}"), StartsWith("api.json is not JSON: parse error at line 1, column 2"));
  EXPECT_THAT(fault_of("[]"), HasSubstr("api.json is not an OpenAPI document"));
  EXPECT_THAT(fault_of(R"({"openapi":3.1})"), HasSubstr("api.json is not an OpenAPI document"));
  EXPECT_THAT(fault_of(R"({"openapi":"3.2.0"})"), HasSubstr("written in OpenAPI 3.2.0; 3.0 and 3.1 are supported"));
  EXPECT_EQ(fault_of(R"({"openapi":"3.0.3"})"), "");
}

TEST(ReadDocument, RefusesReferencesToOtherFiles) {
  EXPECT_THAT(fault_of(R"({"openapi":"3.1.0","a":[{"b":{"$ref":"file:///etc/hosts"}}]})"),
              HasSubstr(R"(refers to another document, "file:///etc/hosts")"));
  EXPECT_EQ(fault_of(R"({"openapi":"3.1.0","a":[{"$ref":"#/components/x"}],"properties":{"$ref":{"type":"string"}}})"),
            "");
}

TEST(ReadDocument, RefusesEndlessNesting) {
  const std::string deep(100'000, '[');
  const std::string text = R"({"openapi":"3.1.0","a":)" + deep + std::string(deep.size(), ']') + "}";
  EXPECT_THAT(fault_of(text), HasSubstr("nested too deeply"));
}

json response_of(const std::string& content) {
  json document =
      json::parse(R"({"paths":{"/a":{"parameters":[],"get":{"responses":{"200":{"content":)" + content + "}}}}}}");
  return with_event_schemas(std::move(document))["paths"]["/a"]["get"]["responses"]["200"]["content"];
}

TEST(EventSchema, IsThatOfTheData) {
  const json typed = response_of(
      R"({"text/event-stream":{"itemSchema":{"properties":{"data":{"type":"string","contentSchema":{"$ref":"#/x"}}}}}})");
  EXPECT_EQ(typed["text/event-stream"]["schema"], json({{"$ref", "#/x"}}));
  const json text = response_of(R"({"text/event-stream":{"itemSchema":{"properties":{"data":{"type":"string"}}}}})");
  EXPECT_EQ(text["text/event-stream"]["schema"], json({{"type", "string"}}));
}

TEST(EventSchema, LeavesOtherResponsesAlone) {
  for (const char* content :
       {R"({"text/event-stream":{"schema":{"type":"integer"},"itemSchema":{"properties":{"data":{}}}}})",
        R"({"application/jsonl":{"itemSchema":{"properties":{"data":{}}}}})", R"({"text/event-stream":{}})",
        R"({"text/event-stream":5})", "[]"})
    EXPECT_EQ(response_of(content), json::parse(content));
  EXPECT_EQ(with_event_schemas(json::parse(R"({"paths":{"/a":5}})")), json::parse(R"({"paths":{"/a":5}})"));
}

}  // namespace serval::tool::client_document_test

// SPDX-License-Identifier: MIT
#include "client_document.hpp"

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace serval::tool {

namespace {

/// Deeper values would make recursive programs run out of stack.
constexpr std::size_t deepest = 200;

json parsed(const std::string& text, const std::string& name) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& fault) {
    const std::string message = fault.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
    const std::size_t end = message.find("] ");
    throw std::runtime_error(name + " is not JSON: " + (end == std::string::npos ? message : message.substr(end + 2)));
  }
}

void check_version(const json& document, const std::string& name) {
  const auto version = document.is_object() ? document.find("openapi") : document.end();
  if (version == document.end() || !version->is_string())
    throw std::runtime_error(name + " is not an OpenAPI document: it has no member \"openapi\"");
  const auto& number = version->get_ref<const std::string&>();
  if (!number.starts_with("3.0.") && !number.starts_with("3.1."))
    throw std::runtime_error(name + " is written in OpenAPI " + number + "; 3.0 and 3.1 are supported");
}

/// Without recursion, since the depth is not known yet.
void check_values(const json& document, const std::string& name) {
  std::vector<std::pair<const json*, std::size_t>> waiting{{&document, 0}};
  while (!waiting.empty()) {
    const auto [value, depth] = waiting.back();
    waiting.pop_back();
    if (!value->is_structured()) continue;
    if (depth == deepest) throw std::runtime_error(name + " is nested too deeply");
    if (value->is_object()) {
      const auto reference = value->find("$ref");
      if (reference != value->end() && reference->is_string() &&
          !reference->get_ref<const std::string&>().starts_with('#'))
        throw std::runtime_error(name + " refers to another document, " + reference->dump() +
                                 ": put all schemas into one document");
    }
    for (const json& each : *value) waiting.emplace_back(&each, depth + 1);
  }
}

/// The member of an object; null if there is none.
json* member(json* object, const char* name) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(name);
  return found == object->end() ? nullptr : &*found;
}

void add_event_schema(json& response) {
  json* const media = member(member(&response, "content"), "text/event-stream");
  if (media == nullptr || media->contains("schema")) return;
  json* const data = member(member(member(media, "itemSchema"), "properties"), "data");
  if (data == nullptr) return;
  const json* const content = member(data, "contentSchema");
  json schema = content != nullptr ? *content : *data;
  (*media)["schema"] = std::move(schema);
}

}  // namespace

bool is_address(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

std::string document_address(const std::string& address) {
  const std::size_t host = address.find("://") + 3;
  const std::size_t path = address.find_first_of("/?#", host);
  if (path == std::string::npos) return address + "/openapi.json";
  return path + 1 == address.size() && address[path] == '/' ? address + "openapi.json" : address;
}

json read_document(const std::string& text, const std::string& name) {
  json document = parsed(text, name);
  check_version(document, name);
  check_values(document, name);
  return document;
}

json with_event_schemas(json document) {
  json* const paths = member(&document, "paths");
  if (paths == nullptr || !paths->is_object()) return document;
  for (json& path : *paths) {
    if (!path.is_object()) continue;
    for (json& operation : path) {
      json* const responses = member(&operation, "responses");
      if (responses == nullptr || !responses->is_object()) continue;
      for (json& response : *responses) add_event_schema(response);
    }
  }
  return document;
}

}  // namespace serval::tool

// SPDX-License-Identifier: MIT
// The steps of extraction: single parameters, whole structs of them, bodies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/params/binding.hpp>

#include "schema/decoder.hpp"
#include "schema/json_reader.hpp"

namespace serval::detail {

/// A path, query, header or cookie parameter.
void extract_parameter(const BoundParameter& parameter, const Exchange& exchange, Decoder& decoder, void* out);

/// A struct whose members are query parameters, headers or cookies.
void extract_group(const BoundParameter& parameter, const Exchange& exchange, Decoder& decoder, void* out);

/// What the body of a request is, once read.
class BodyInput {
 public:
  /// Errors: ValidationError when the body is to be JSON and is not; HttpError 400 when it cannot be read at all.
  /// REQUIRES: a format of JSON.
  BodyInput(const Exchange& exchange, BodyFormat format, JsonDocument& document);

  void extract(const BoundParameter& parameter, Decoder& decoder, void* out) const;

 private:
  std::string quoted_;              // a body that is no JSON, as a JSON string
  std::optional<JsonValue> value_;  // nothing for an empty body and for null
};

/// All texts that a request gives under a name, in order.
void collect_texts(Source source, const Request& request, std::string_view name, std::vector<std::string_view>& out);
/// The one text that counts under a name: the last one, of headers the first.
[[nodiscard]] std::optional<std::string_view> find_text(Source source, const Request& request, std::string_view name);

}  // namespace serval::detail

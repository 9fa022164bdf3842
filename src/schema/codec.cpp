// SPDX-License-Identifier: MIT
#include <serval/schema/codec.hpp>

#include "schema/decoder.hpp"
#include "schema/encoder.hpp"
#include "schema/json_invalid.hpp"
#include "schema/json_reader.hpp"

namespace serval::detail {

void encode_value(std::string& out, const Type& type, const void* value, const EncodeOptions& options) {
  encode(out, type, value, options);
}

void decode_text(std::string_view text, const Type& type, void* out) {
  std::vector<Issue> issues;
  JsonDocument document;
  const auto outcome = document.parse(text, max_json_nesting);
  if (outcome == JsonDocument::Outcome::ok) {
    Decoder decoder(issues);
    decoder.decode(type, nullptr, document.root(), out);
  } else {
    issues.push_back(json_invalid(outcome == JsonDocument::Outcome::invalid
                                      ? document.error()
                                      : JsonSyntaxError{0, "The text is no UTF-8, or nested too deep"}));
  }
  if (!issues.empty()) throw ValidationError(std::move(issues));
}

}  // namespace serval::detail

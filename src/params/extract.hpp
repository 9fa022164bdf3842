// SPDX-License-Identifier: MIT
// The steps of extraction: single parameters, whole structs of them, bodies.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/params/binding.hpp>

#include "json/reader.hpp"
#include "schema/decoder.hpp"

namespace serval::detail {

/// How a value was found.
enum class Found : std::uint8_t { absent, whole, faulty };

/// Whether a value of that type is made from all texts with its name.
[[nodiscard]] bool takes_all(const Type& type);

/// A source of texts by name: a part of the request, or the fields of a form.
class TextSource {
 public:
  virtual ~TextSource() = default;

  /// Collects the texts from which a value of the type is read, in order; none if it is absent.
  virtual void collect(std::string_view name, const Type& type, std::vector<std::string_view>& out) const = 0;
  /// The text that is used.
  [[nodiscard]] virtual std::string_view one_of(const std::vector<std::string_view>& texts) const {
    return texts.back();
  }
  /// Visits every name in the input, in order, with its text.
  virtual void each(const std::function<void(std::string_view name, std::string_view text)>& visit) const = 0;
  /// Reads a value; errors go to the decoder.
  virtual Found read(std::string_view name, const Type& type, const Rules* rules, Decoder& decoder, void* out) const;
};

/// The query parameters, headers or cookies of a request.
class RequestTexts final : public TextSource {
 public:
  RequestTexts(Source source, const Request& request) : source_(source), request_(request) {}

  void collect(std::string_view name, const Type& type, std::vector<std::string_view>& out) const override;
  [[nodiscard]] std::string_view one_of(const std::vector<std::string_view>& texts) const override {
    return source_ == Source::header ? texts.front() : texts.back();
  }
  void each(const std::function<void(std::string_view name, std::string_view text)>& visit) const override;

 private:
  Source source_;
  const Request& request_;
};

/// A path, query, header or cookie parameter.
void extract_parameter(const BoundParameter& parameter, const http::Exchange& exchange, Decoder& decoder, void* out);

/// An absent parameter: its default, else nothing where that is allowed, else a fault.
void fill_absent(const BoundParameter& parameter, Decoder& decoder, void* out);

/// A struct whose members are parameters of one source.
void extract_group(const BoundParameter& parameter, const TextSource& source, Decoder& decoder, void* out);

/// The body of a request after reading.
class BodyInput {
 public:
  /// Errors: ValidationError if the body must be JSON and is not; HttpError 400 if it cannot be read at all. REQUIRES:
  /// a JSON format.
  BodyInput(const http::Exchange& exchange, BodyFormat format, JsonDocument& document);

  void extract(const BoundParameter& parameter, Decoder& decoder, void* out) const;

 private:
  std::string quoted_;              // a body that is not JSON, as a JSON string
  std::optional<JsonValue> value_;  // nothing for an empty body and for null
};

}  // namespace serval::detail

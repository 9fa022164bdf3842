// SPDX-License-Identifier: MIT
// Types that another type represents on the wire: the wire value is read, then converted.
#include "schema/decoder.hpp"

namespace serval::detail {

namespace {

/// `read` fills a value of the wire type; `input` is shown if the conversion refuses it.
template <class Read, class Input>
bool convert(Decoder& decoder, const Type& type, void* out, Read read, Input input) {
  const std::size_t before = decoder.issues().size();
  std::string error;
  const bool whole = type.ops.custom->decode(
      out, &read, [](void* raw, void* wire) { return (*static_cast<Read*>(raw))(wire); }, error);
  if (!whole && decoder.issues().size() == before) decoder.report(fault_value_error(error), input());
  return whole;
}

}  // namespace

bool Decoder::decode_custom_text(const Type& type, const Rules* rules, std::string_view text, void* out) {
  return convert(
      *this, type, out, [&](void* wire) { return decode(*type.ops.custom->wire, rules, text, wire); },
      [&] { return input_of(text); });
}

bool Decoder::decode_custom(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  return convert(
      *this, type, out, [&](void* wire) { return decode_value(*type.ops.custom->wire, rules, mode, value, wire); },
      [&] { return input_of(value); });
}

}  // namespace serval::detail

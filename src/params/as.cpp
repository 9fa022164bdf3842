// SPDX-License-Identifier: MIT
#include <serval/params/as.hpp>

#include <stdexcept>
#include <string>
#include <variant>

#include <serval/schema/errors.hpp>

namespace serval::detail {

namespace {

std::string words_of_fault(const Type& to, const Issue& issue) {
  std::string words = "the answer cannot be shown as " + std::string(to.name.empty() ? "its type" : to.name) + ": ";
  for (const Issue::Place& place : issue.loc) {
    const auto* const index = std::get_if<std::int64_t>(&place);
    words += index != nullptr ? std::to_string(*index) : std::get<std::string>(place);
    words += ": ";
  }
  return words + issue.msg;
}

}  // namespace

void show_as(const Type& from, const void* value, const Type& to, void* out) {
  std::string text;
  encode_value(text, from, value, {});
  try {
    decode_text(text, to, out);
  } catch (const ValidationError& error) {
    throw std::runtime_error(words_of_fault(to, error.issues().front()));
  }
}

}  // namespace serval::detail

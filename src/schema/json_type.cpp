// SPDX-License-Identifier: MIT
#include <serval/schema/json_type.hpp>

namespace serval::detail {

nlohmann::json sorted(const json& value) { return nlohmann::json(value); }

namespace {

bool assign_ordered(void* value, void* source, std::string&) {
  *static_cast<json*>(value) = std::move(*static_cast<json*>(source));
  return true;
}

bool assign_sorted(void* value, void* source, std::string&) {
  *static_cast<nlohmann::json*>(value) = sorted(*static_cast<const json*>(source));
  return true;
}

template <class T>
void append_value(std::string& out, const void* value) {
  append_json(out, *static_cast<const T*>(value));
}

}  // namespace

const JsonOps ordered_json_ops{assign_ordered, append_value<json>, true};
const JsonOps sorted_json_ops{assign_sorted, append_value<nlohmann::json>, true};

}  // namespace serval::detail

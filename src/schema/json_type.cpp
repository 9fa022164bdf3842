// SPDX-License-Identifier: MIT
#include <serval/schema/json_type.hpp>

#include <serval/schema/json_hook.hpp>

// Here rather than in json.cpp: the members of the class need the hook, which belongs to this room.
template class nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                                    double, std::allocator, serval::detail::JsonSerializer>;

namespace serval::detail {

nlohmann::json sorted(const json& value) { return nlohmann::json(value); }
nlohmann::ordered_json ordered(const json& value) { return nlohmann::ordered_json(value); }
void assign(json& out, const nlohmann::json& value) { out = json(value); }
void assign(json& out, const nlohmann::ordered_json& value) { out = json(value); }

namespace {

bool assign_value(void* value, void* source, std::string&) {
  *static_cast<json*>(value) = std::move(*static_cast<json*>(source));
  return true;
}

void store_value(void* out, const void* value) { *static_cast<json*>(out) = *static_cast<const json*>(value); }

bool assign_sorted(void* value, void* source, std::string&) {
  *static_cast<nlohmann::json*>(value) = sorted(*static_cast<const json*>(source));
  return true;
}

bool assign_ordered(void* value, void* source, std::string&) {
  *static_cast<nlohmann::ordered_json*>(value) = ordered(*static_cast<const json*>(source));
  return true;
}

template <class T>
void store_other(void* out, const void* value) {
  assign(*static_cast<json*>(out), *static_cast<const T*>(value));
}

template <class T>
void append_value(std::string& out, const void* value) {
  schema::append_json(out, *static_cast<const T*>(value));
}

}  // namespace

const JsonOps json_value_ops{.assign = assign_value, .store = store_value, .append = append_value<json>, .any = true};
const JsonOps sorted_json_ops{
    .assign = assign_sorted, .store = store_other<nlohmann::json>, .append = append_value<nlohmann::json>, .any = true};
const JsonOps ordered_json_ops{.assign = assign_ordered,
                               .store = store_other<nlohmann::ordered_json>,
                               .append = append_value<nlohmann::ordered_json>,
                               .any = true};

}  // namespace serval::detail

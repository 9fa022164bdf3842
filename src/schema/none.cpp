// SPDX-License-Identifier: MIT
// std::monostate: a value that can only be null.
#include <variant>

#include "schema/text_ops.hpp"

namespace serval::detail {

extern const TextOps none_ops;

namespace {

Fault fault_none() { return {.type = "none_required", .msg = "Input should be None"}; }

bool refuse_text(std::string_view, void*, Fault& fault) { return refuse(fault, fault_none()); }

void append_null(std::string& out, const void*) { out += "null"; }

bool none_from_json(JsonValue value, void*, Fault& fault) { return value.is_null() || refuse(fault, fault_none()); }

}  // namespace

const TextOps none_ops{
    .label = "none",
    .schema = R"({"type":"null"})",
    .output_schema = {},
    .parse = refuse_text,
    .append = append_null,
    .wrong_type = fault_none,
    .from_json = none_from_json,
    .is_bare = true,
};

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
#include "schema/json_invalid.hpp"

#include <serval/base/json_escape.hpp>

namespace serval::detail {

schema::Issue json_invalid(const JsonSyntaxError& error) {
  schema::Issue issue;
  issue.type = "json_invalid";
  issue.loc.emplace_back(static_cast<std::int64_t>(error.position));
  issue.msg = "JSON decode error";
  issue.input = "{}";
  issue.ctx = "{\"error\":";
  append_json_string(issue.ctx, error.message);
  issue.ctx += '}';
  return issue;
}

}  // namespace serval::detail

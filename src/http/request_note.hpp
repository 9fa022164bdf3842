// SPDX-License-Identifier: MIT
// The id of a request at the end of a line of the log.
#pragma once

#include <string>

#include <serval/http/request.hpp>

#include "base/log_text.hpp"

namespace serval::detail {

/// " (request 5c1e...)" if a middleware has set the id, otherwise empty: nobody else knows it.
[[nodiscard]] inline std::string request_note(const Request& request) {
  const std::string_view id = request.given_request_id();
  std::string note;
  if (id.empty()) return note;
  note = " (request ";
  append_log_text(note, id);
  return note += ')';
}

}  // namespace serval::detail

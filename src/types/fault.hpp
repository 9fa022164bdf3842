// SPDX-License-Identifier: MIT
// Why one value was refused, and functions for the faults of scalar conversions, which need only the value. The callers
// add location and input.
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// The members of a 422 error that depend only on the fault. Filled only on failure.
struct Fault {
  std::string_view type;  ///< static text such as "int_parsing"
  std::string msg{};
  std::string ctx{};  ///< the text of a JSON object; empty if the error has no `ctx`
};

/// A fault with a `ctx` of one member: `msg` is `msg_prefix` followed by `error`, `ctx` is {"error":`error`}.
/// REQUIRES: `type` is static text.
[[nodiscard]] Fault fault_with_error(std::string_view type, std::string_view msg_prefix, std::string_view error);

[[nodiscard]] Fault fault_int_type();
[[nodiscard]] Fault fault_int_parsing();
[[nodiscard]] Fault fault_int_parsing_size();
[[nodiscard]] Fault fault_int_from_float();
[[nodiscard]] Fault fault_float_type();
[[nodiscard]] Fault fault_float_parsing();
[[nodiscard]] Fault fault_finite_number();
[[nodiscard]] Fault fault_bool_type();
[[nodiscard]] Fault fault_bool_parsing();
[[nodiscard]] Fault fault_string_type();

[[nodiscard]] Fault fault_datetime_type();
[[nodiscard]] Fault fault_datetime_parsing(std::string_view error);
[[nodiscard]] Fault fault_datetime_from_date_parsing(std::string_view error);
[[nodiscard]] Fault fault_date_type();
[[nodiscard]] Fault fault_date_parsing(std::string_view error);
[[nodiscard]] Fault fault_date_from_datetime_parsing(std::string_view error);
[[nodiscard]] Fault fault_date_from_datetime_inexact();
[[nodiscard]] Fault fault_time_type();
[[nodiscard]] Fault fault_time_parsing(std::string_view error);
[[nodiscard]] Fault fault_time_delta_type();
[[nodiscard]] Fault fault_time_delta_parsing(std::string_view error);

[[nodiscard]] Fault fault_uuid_type();
[[nodiscard]] Fault fault_uuid_parsing(std::string_view error);

/// Stores the fault and returns false, so that a parser can write `return refuse(fault, fault_int_parsing());`.
inline bool refuse(Fault& out, Fault&& why) {
  out = static_cast<Fault&&>(why);
  return false;
}

}  // namespace serval::detail

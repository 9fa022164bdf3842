// SPDX-License-Identifier: MIT
#include "types/fault.hpp"

#include <serval/base/json_escape.hpp>

namespace serval::detail {

Fault fault_with_error(std::string_view type, std::string_view msg_prefix, std::string_view error) {
  Fault fault{.type = type, .msg = std::string(msg_prefix), .ctx = R"({"error":)"};
  fault.msg += error;
  append_json_string(fault.ctx, error);
  fault.ctx += '}';
  return fault;
}

Fault fault_int_type() { return {.type = "int_type", .msg = "Input should be a valid integer"}; }

Fault fault_int_parsing() {
  return {.type = "int_parsing", .msg = "Input should be a valid integer, unable to parse string as an integer"};
}

Fault fault_int_parsing_size() {
  return {.type = "int_parsing_size", .msg = "Unable to parse input string as an integer, exceeded maximum size"};
}

Fault fault_int_from_float() {
  return {.type = "int_from_float", .msg = "Input should be a valid integer, got a number with a fractional part"};
}

Fault fault_float_type() { return {.type = "float_type", .msg = "Input should be a valid number"}; }

Fault fault_float_parsing() {
  return {.type = "float_parsing", .msg = "Input should be a valid number, unable to parse string as a number"};
}

Fault fault_finite_number() { return {.type = "finite_number", .msg = "Input should be a finite number"}; }

Fault fault_bool_type() { return {.type = "bool_type", .msg = "Input should be a valid boolean"}; }

Fault fault_bool_parsing() {
  return {.type = "bool_parsing", .msg = "Input should be a valid boolean, unable to interpret input"};
}

Fault fault_string_type() { return {.type = "string_type", .msg = "Input should be a valid string"}; }

Fault fault_datetime_type() { return {.type = "datetime_type", .msg = "Input should be a valid datetime"}; }

Fault fault_datetime_parsing(std::string_view error) {
  return fault_with_error("datetime_parsing", "Input should be a valid datetime, ", error);
}

Fault fault_datetime_from_date_parsing(std::string_view error) {
  return fault_with_error("datetime_from_date_parsing", "Input should be a valid datetime or date, ", error);
}

Fault fault_date_type() { return {.type = "date_type", .msg = "Input should be a valid date"}; }

Fault fault_date_parsing(std::string_view error) {
  return fault_with_error("date_parsing", "Input should be a valid date in the format YYYY-MM-DD, ", error);
}

Fault fault_date_from_datetime_parsing(std::string_view error) {
  return fault_with_error("date_from_datetime_parsing", "Input should be a valid date or datetime, ", error);
}

Fault fault_date_from_datetime_inexact() {
  return {.type = "date_from_datetime_inexact",
          .msg = "Datetimes provided to dates should have zero time - e.g. be exact dates"};
}

Fault fault_time_type() { return {.type = "time_type", .msg = "Input should be a valid time"}; }

Fault fault_time_parsing(std::string_view error) {
  return fault_with_error("time_parsing", "Input should be in a valid time format, ", error);
}

Fault fault_time_delta_type() { return {.type = "time_delta_type", .msg = "Input should be a valid timedelta"}; }

Fault fault_time_delta_parsing(std::string_view error) {
  return fault_with_error("time_delta_parsing", "Input should be a valid timedelta, ", error);
}

Fault fault_uuid_type() { return {.type = "uuid_type", .msg = "UUID input should be a string, bytes or UUID object"}; }

Fault fault_uuid_parsing(std::string_view error) {
  return fault_with_error("uuid_parsing", "Input should be a valid UUID, ", error);
}

}  // namespace serval::detail

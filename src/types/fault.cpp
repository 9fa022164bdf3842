// SPDX-License-Identifier: MIT
#include "types/fault.hpp"

#include <serval/base/json_escape.hpp>

namespace serval::detail {

Fault fault_with_error(std::string_view type, std::string_view msg_prefix, std::string_view error) {
  Fault fault{type, std::string(msg_prefix), R"({"error":)"};
  fault.msg += error;
  append_json_string(fault.ctx, error);
  fault.ctx += '}';
  return fault;
}

Fault fault_int_type() { return {"int_type", "Input should be a valid integer", {}}; }

Fault fault_int_parsing() {
  return {"int_parsing", "Input should be a valid integer, unable to parse string as an integer", {}};
}

Fault fault_int_parsing_size() {
  return {"int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", {}};
}

Fault fault_int_from_float() {
  return {"int_from_float", "Input should be a valid integer, got a number with a fractional part", {}};
}

Fault fault_float_type() { return {"float_type", "Input should be a valid number", {}}; }

Fault fault_float_parsing() {
  return {"float_parsing", "Input should be a valid number, unable to parse string as a number", {}};
}

Fault fault_finite_number() { return {"finite_number", "Input should be a finite number", {}}; }

Fault fault_bool_type() { return {"bool_type", "Input should be a valid boolean", {}}; }

Fault fault_bool_parsing() {
  return {"bool_parsing", "Input should be a valid boolean, unable to interpret input", {}};
}

Fault fault_string_type() { return {"string_type", "Input should be a valid string", {}}; }

Fault fault_datetime_type() { return {"datetime_type", "Input should be a valid datetime", {}}; }

Fault fault_datetime_parsing(std::string_view error) {
  return fault_with_error("datetime_parsing", "Input should be a valid datetime, ", error);
}

Fault fault_datetime_from_date_parsing(std::string_view error) {
  return fault_with_error("datetime_from_date_parsing", "Input should be a valid datetime or date, ", error);
}

Fault fault_date_type() { return {"date_type", "Input should be a valid date", {}}; }

Fault fault_date_parsing(std::string_view error) {
  return fault_with_error("date_parsing", "Input should be a valid date in the format YYYY-MM-DD, ", error);
}

Fault fault_date_from_datetime_parsing(std::string_view error) {
  return fault_with_error("date_from_datetime_parsing", "Input should be a valid date or datetime, ", error);
}

Fault fault_date_from_datetime_inexact() {
  return {"date_from_datetime_inexact", "Datetimes provided to dates should have zero time - e.g. be exact dates", {}};
}

Fault fault_time_type() { return {"time_type", "Input should be a valid time", {}}; }

Fault fault_time_parsing(std::string_view error) {
  return fault_with_error("time_parsing", "Input should be in a valid time format, ", error);
}

Fault fault_time_delta_type() { return {"time_delta_type", "Input should be a valid timedelta", {}}; }

Fault fault_time_delta_parsing(std::string_view error) {
  return fault_with_error("time_delta_parsing", "Input should be a valid timedelta, ", error);
}

Fault fault_uuid_type() { return {"uuid_type", "UUID input should be a string, bytes or UUID object", {}}; }

Fault fault_uuid_parsing(std::string_view error) {
  return fault_with_error("uuid_parsing", "Input should be a valid UUID, ", error);
}

}  // namespace serval::detail

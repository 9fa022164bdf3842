// SPDX-License-Identifier: MIT
#include "types/fault.hpp"

#include <gtest/gtest.h>

namespace serval::detail::fault_test {

TEST(Fault, WithErrorJoinsPrefixAndText) {
  const Fault fault = fault_with_error("url_parsing", "Input should be a valid URL, ", "empty host");
  EXPECT_EQ(fault.type, "url_parsing");
  EXPECT_EQ(fault.msg, "Input should be a valid URL, empty host");
  EXPECT_EQ(fault.ctx, R"({"error":"empty host"})");
}

TEST(Fault, WithErrorEscapesItsContext) {
  EXPECT_EQ(fault_with_error("x", "", "a \"b\" \\ c").ctx, R"({"error":"a \"b\" \\ c"})");
}

TEST(Fault, RefuseStoresAndAnswersFalse) {
  Fault fault;
  EXPECT_FALSE(refuse(fault, fault_bool_parsing()));
  EXPECT_EQ(fault.type, "bool_parsing");
}

struct Row {
  Fault fault;
  std::string_view type;
  std::string_view msg;
};

TEST(Fault, TypesAndMessagesOfThoseWithoutContext) {
  const Row rows[] = {
      {fault_int_type(), "int_type", "Input should be a valid integer"},
      {fault_int_parsing(), "int_parsing", "Input should be a valid integer, unable to parse string as an integer"},
      {fault_int_parsing_size(), "int_parsing_size",
       "Unable to parse input string as an integer, exceeded maximum size"},
      {fault_int_from_float(), "int_from_float",
       "Input should be a valid integer, got a number with a fractional part"},
      {fault_float_type(), "float_type", "Input should be a valid number"},
      {fault_float_parsing(), "float_parsing", "Input should be a valid number, unable to parse string as a number"},
      {fault_finite_number(), "finite_number", "Input should be a finite number"},
      {fault_bool_type(), "bool_type", "Input should be a valid boolean"},
      {fault_bool_parsing(), "bool_parsing", "Input should be a valid boolean, unable to interpret input"},
      {fault_string_type(), "string_type", "Input should be a valid string"},
      {fault_datetime_type(), "datetime_type", "Input should be a valid datetime"},
      {fault_date_type(), "date_type", "Input should be a valid date"},
      {fault_date_from_datetime_inexact(), "date_from_datetime_inexact",
       "Datetimes provided to dates should have zero time - e.g. be exact dates"},
      {fault_time_type(), "time_type", "Input should be a valid time"},
      {fault_time_delta_type(), "time_delta_type", "Input should be a valid timedelta"},
      {fault_uuid_type(), "uuid_type", "UUID input should be a string, bytes or UUID object"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.fault.type, row.type);
    EXPECT_EQ(row.fault.msg, row.msg);
    EXPECT_EQ(row.fault.ctx, "") << row.type;
  }
}

TEST(Fault, TypesAndMessagesOfThoseWithAnError) {
  const Row rows[] = {
      {fault_datetime_parsing("E"), "datetime_parsing", "Input should be a valid datetime, E"},
      {fault_datetime_from_date_parsing("E"), "datetime_from_date_parsing",
       "Input should be a valid datetime or date, E"},
      {fault_date_parsing("E"), "date_parsing", "Input should be a valid date in the format YYYY-MM-DD, E"},
      {fault_date_from_datetime_parsing("E"), "date_from_datetime_parsing",
       "Input should be a valid date or datetime, E"},
      {fault_time_parsing("E"), "time_parsing", "Input should be in a valid time format, E"},
      {fault_time_delta_parsing("E"), "time_delta_parsing", "Input should be a valid timedelta, E"},
      {fault_uuid_parsing("E"), "uuid_parsing", "Input should be a valid UUID, E"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.fault.type, row.type);
    EXPECT_EQ(row.fault.msg, row.msg);
    EXPECT_EQ(row.fault.ctx, R"({"error":"E"})") << row.type;
  }
}

}  // namespace serval::detail::fault_test

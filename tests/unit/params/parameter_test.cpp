// SPDX-License-Identifier: MIT
#include <serval/params/parameter.hpp>

#include <optional>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace serval::parameter_test {

struct Filter {
  std::string text;
};

TEST(Parameter, ReachesMembersOfItsValueByAnArrow) {
  const Query<Filter> filter = Filter{"lamp"};
  EXPECT_EQ(filter->text, "lamp");
  Path<std::string, "name"> name = "ann";
  name->push_back('a');
  EXPECT_EQ(name->size(), 4U);
  static_assert(std::is_same_v<decltype(name.operator->()), std::string*>);
}

TEST(Parameter, ReachesTheValueWithinAnOptionalByAnArrow) {
  const Query<std::optional<std::string>, "q"> q = "lamp";
  EXPECT_EQ(q->size(), 4U);
  EXPECT_EQ((*q).size(), q->size());
}

}  // namespace serval::parameter_test

// SPDX-License-Identifier: MIT
#include <serval/openapi/responses.hpp>

#include <gtest/gtest.h>

namespace serval::openapi::response_list_test {

std::string shown(const ResponseList& list) {
  std::string out;
  for (const ResponseInfo& response : list.all()) out += response.status.text() + ":" + response.description + " ";
  return out;
}

TEST(ResponseKey, TakesStatusesRangesAndDefaultInEitherCase) {
  EXPECT_EQ(ResponseKey(404).text(), "404");
  EXPECT_EQ(ResponseKey("404"), ResponseKey(404));
  EXPECT_EQ(ResponseKey("5xx").text(), "5XX");
  EXPECT_EQ(ResponseKey("Default").text(), "default");
}

TEST(ResponseList, IsEmptyByDefault) { EXPECT_TRUE(ResponseList().all().empty()); }

TEST(ResponseList, TakesOneOrSeveral) {
  const ResponseList one{{.status = 404}};
  EXPECT_EQ(one.all().size(), 1U);
  const ResponseList two = {{.status = 404, .description = "no"}, {.status = "5XX"}};
  EXPECT_EQ(shown(two), "404:no 5XX: ");
}

TEST(MergeResponses, KeepsTheOrderAndTheLastOfAStatus) {
  const ResponseList first{{.status = 404, .description = "a"}, {.status = "4xx", .description = "b"}};
  const ResponseList second{{.status = 500, .description = "c"}, {.status = "404", .description = "d"}};
  EXPECT_EQ(shown(merge(first, second)), "404:d 4XX:b 500:c ");
  EXPECT_EQ(shown(first), "404:a 4XX:b ");
  EXPECT_EQ(shown(merge({}, second)), "500:c 404:d ");
  EXPECT_EQ(shown(merge(first, {})), "404:a 4XX:b ");
}

}  // namespace serval::openapi::response_list_test

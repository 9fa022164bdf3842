// SPDX-License-Identifier: MIT
// Compares the route table with the naive matcher, on random tables and random paths. Both use a small alphabet, so
// that matches, dead ends, escapes and conflicts are frequent. The seeds are fixed.
#include <serval/routing/table.hpp>

#include <serval/base/error.hpp>

#include "reference_matcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace serval::table_random_test {

using Random = std::mt19937;

template <std::size_t Size>
std::string_view pick(Random& random, const std::array<std::string_view, Size>& from) {
  return from[random() % Size];
}

std::string random_pattern(Random& random) {
  constexpr std::array<std::string_view, 10> literals{"a", "b", "1", "1.5", "", "a.j", "é", "%", "a b", "ab"};
  constexpr std::array<std::string_view, 5> affixes{"", "", "a", ".j", "1"};
  constexpr std::array<std::string_view, 5> converters{"", ":str", ":int", ":float", ":uuid"};
  constexpr std::array<std::string_view, 4> tails{"", "", "/a", ".j/b"};
  std::string out;
  const std::size_t depth = 1 + random() % 4;
  for (std::size_t i = 0; i < depth; ++i) {
    out += '/';
    const std::string name = "p" + std::to_string(i);
    const auto kind = random() % 8;
    if (kind < 4) {
      out += pick(random, literals);
    } else if (kind < 7) {
      out += std::string(pick(random, affixes)) + "{" + name + std::string(pick(random, converters)) + "}";
      out += pick(random, affixes);
    } else {
      out += std::string(pick(random, affixes)) + "{" + name + ":path}" + std::string(pick(random, tails));
      break;
    }
  }
  return out;
}

std::string random_path(Random& random) {
  constexpr std::array<std::string_view, 22> pieces{"a",      "b",
                                                    "1",      "1.5",
                                                    "",       "a.j",
                                                    "%C3%A9", "%",
                                                    "%25",    "a%20b",
                                                    "ab",     "%61",
                                                    "%2F",    "%31",
                                                    ".j",     "%2e",
                                                    "7",      "aa",
                                                    "a1.j",   "é",
                                                    "%2",     "123e4567-e89b-12d3-a456-426614174000"};
  std::string out;
  const std::size_t depth = 1 + random() % 5;
  for (std::size_t i = 0; i < depth; ++i) {
    out += '/';
    out += pick(random, pieces);
    if (random() % 4 == 0) out += pick(random, pieces);
  }
  return out;
}

constexpr std::array<http::Method, 3> methods{http::Method::get, http::Method::put, http::Method::post};

http::MethodSet random_methods(Random& random) {
  http::MethodSet out{methods[random() % 3]};
  if (random() % 4 == 0) out.insert(methods[random() % 3]);
  return out;
}

bool conflicts(const std::vector<reference::Route>& routes, const reference::Route& added) {
  return std::any_of(routes.begin(), routes.end(), [&](const reference::Route& route) {
    const bool common = std::any_of(methods.begin(), methods.end(), [&](http::Method method) {
      return route.methods.contains(method) && added.methods.contains(method);
    });
    return common && reference::equivalent(route.pattern, added.pattern);
  });
}

/// Fills both tables, and expects that the route table refuses exactly the equivalent patterns.
void fill(Random& random, routing::RouteTable& table, std::vector<reference::Route>& routes) {
  const std::size_t count = 1 + random() % 40;
  for (std::size_t i = 0; i < count; ++i) {
    const reference::Route route{random_methods(random), routing::Pattern::parse(random_pattern(random))};
    if (conflicts(routes, route)) {
      EXPECT_THROW(table.add(route.methods, route.pattern, 0), SetupError) << route.pattern.text();
    } else {
      EXPECT_NO_THROW(table.add(route.methods, route.pattern, static_cast<routing::RouteId>(routes.size())));
      routes.push_back(route);
    }
  }
}

void compare(const routing::RouteTable& table, const std::vector<reference::Route>& routes, http::Method method,
             const std::string& path) {
  const reference::Answer expected = reference::find(routes, method, path);
  http::PathParams params;
  const routing::RouteMatch match = table.find(method, path, params);
  ASSERT_EQ(table.matches_any(path), !expected.allowed.empty()) << path;
  if (!expected.route) {
    ASSERT_EQ(match.outcome, expected.allowed.empty() ? routing::RouteMatch::Outcome::not_found
                                                      : routing::RouteMatch::Outcome::method_not_allowed)
        << path;
    ASSERT_EQ(match.allowed, expected.allowed) << path;
    ASSERT_EQ(params.size(), 0U) << path;
    return;
  }
  const routing::Pattern& pattern = routes[*expected.route].pattern;
  ASSERT_EQ(match.outcome, routing::RouteMatch::Outcome::found) << path << " should be " << pattern.text();
  ASSERT_EQ(match.id, *expected.route) << path << " should be " << pattern.text() << ", is "
                                       << routes[match.id].pattern.text();
  ASSERT_EQ(params.size(), expected.values.size()) << path;
  for (std::size_t i = 0; i < params.size(); ++i) {
    ASSERT_EQ(params[i].name, pattern.names()[i]) << path;
    ASSERT_EQ(params[i].value, expected.values[i]) << path << " by " << pattern.text();
  }
}

TEST(RouteTableRandom, AgreesWithTheNaiveMatcher) {
  std::size_t found = 0;
  for (Random::result_type seed = 1; seed <= 100; ++seed) {
    Random random(seed);
    routing::RouteTable table;
    std::vector<reference::Route> routes;
    fill(random, table, routes);
    for (int i = 0; i < 100; ++i) {
      const http::Method method = methods[random() % 3];
      const std::string path = random_path(random);
      compare(table, routes, method, path);
      if (HasFatalFailure()) FAIL() << "seed " << seed;
      if (reference::find(routes, method, path).route) ++found;
    }
  }
  // With too few matches the comparison would prove little.
  EXPECT_GT(found, 1'250U);
}

}  // namespace serval::table_random_test

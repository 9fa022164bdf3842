// SPDX-License-Identifier: MIT
#include "diagnostics.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace serval::tool::diagnostics_test {

constexpr std::string_view folder = "/home/ann/shop";

TEST(Diagnostics, OfClang) {
  const std::vector<Diagnostic> all =
      diagnostics_of(R"(/home/ann/shop/main.cpp:4:25: error: use of undeclared identifier 'retrun'
  app.get("/")([] { retrun 1; });
                    ^
1 error generated.
)",
                     folder);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].file, "/home/ann/shop/main.cpp");
  EXPECT_EQ(all[0].line, 4);
  EXPECT_EQ(all[0].column, 25);
  EXPECT_EQ(all[0].message, "use of undeclared identifier 'retrun'");
  EXPECT_EQ(all[0].source, R"(app.get("/")([] { retrun 1; });)");
}

TEST(Diagnostics, OfGccWithTheLineOfCode) {
  const std::vector<Diagnostic> all = diagnostics_of(R"(/home/ann/shop/main.cpp: In lambda function:
/home/ann/shop/main.cpp:4:21: error: 'retrun' was not declared in this scope
    4 |   app.get("/")([] { retrun 1; });
      |                     ^~~~~~
/home/ann/shop/main.cpp:5:1: warning: unused variable 'x' [-Wunused-variable]
)",
                                                     folder);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].message, "'retrun' was not declared in this scope");
  EXPECT_EQ(all[0].source, R"(app.get("/")([] { retrun 1; });)");
}

TEST(Diagnostics, ShowTheSentenceOfTheLibraryFirstAndWhereTheProgramCausedIt) {
  const std::vector<Diagnostic> all = diagnostics_of(R"(In file included from /home/ann/shop/main.cpp:1:
/usr/include/serval/app/router.hpp:12:5: error: no matching function
/usr/include/serval/params/bind.hpp:80:3: error: static_assert failed due to requirement 'is_argument<int>' "serval: a handler takes parameters, models and State"
  static_assert(is_argument<A>, "serval: a handler takes parameters, models and State");
  ^             ~~~~~~~~~~~~~~
/home/ann/shop/main.cpp:7:15: note: in instantiation of function template specialization 'f' requested here
  app.get("/")([](int) {});
              ^
)",
                                                     folder);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].is_of_serval);
  EXPECT_EQ(all[0].message, "a handler takes parameters, models and State");
  EXPECT_EQ(all[0].file, "/home/ann/shop/main.cpp");
  EXPECT_EQ(all[0].line, 7);
  EXPECT_EQ(all[1].message, "no matching function");
}

TEST(Diagnostics, FindTheCauseThatGccNamesBefore) {
  const std::vector<Diagnostic> all =
      diagnostics_of(R"(/usr/include/serval/params/bind.hpp: In instantiation of 'struct f<int>':
/usr/include/serval/app/decorator.hpp:60:5:   required from 'void g(F)'
/home/ann/shop/main.cpp:7:15:   required from here
/usr/include/serval/params/bind.hpp:80:17: error: static assertion failed: serval: a handler takes parameters
   80 |   static_assert(is_argument<A>, "serval: a handler takes parameters");
      |                 ^~~~~~~~~~~~~~
)",
                     folder);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].message, "a handler takes parameters");
  EXPECT_EQ(all[0].file, "/home/ann/shop/main.cpp");
  EXPECT_EQ(all[0].line, 7);
}

TEST(Diagnostics, OfLinkersAndCmake) {
  EXPECT_EQ(diagnostics_of("ld.lld: error: undefined symbol: f()\n>>> referenced by main.cpp:3\n", folder)[0].message,
            "undefined symbol: f()");
  EXPECT_EQ(diagnostics_of("/usr/bin/ld: a.o: in function `main':\na.cpp:(.text+0x5): undefined reference to `f()'\n",
                           folder)[0]
                .message,
            "undefined reference to `f()'");
  const std::vector<Diagnostic> all = diagnostics_of(
      "CMake Error at CMakeLists.txt:3 (find_package):\n  By not providing \"Findx.cmake\"\n  this is one.\n\n\n-- "
      "Configuring incomplete\n",
      folder);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].message, "By not providing \"Findx.cmake\" this is one.");
  EXPECT_EQ(all[0].file, "/home/ann/shop/CMakeLists.txt");
  EXPECT_EQ(all[0].line, 3);
}

TEST(Diagnostics, AreShortWithPathsOfTheProject) {
  const Terminal terminal(Color::never, false);
  std::string output;
  for (int line = 1; line <= 7; ++line)
    output += "/home/ann/shop/src/a.cpp:" + std::to_string(line) + ":2: error: wrong\n";
  EXPECT_EQ(short_text(output, folder, terminal, 2),
            "src/a.cpp:1:2: error: wrong\nsrc/a.cpp:2:2: error: wrong\nand 5 more");
  EXPECT_EQ(short_text("no known form\nat all\n", folder, terminal), "no known form\nat all");
  EXPECT_NE(short_text(output, folder, Terminal(Color::always, false), 1).find("\x1b["), std::string::npos);
}

}  // namespace serval::tool::diagnostics_test

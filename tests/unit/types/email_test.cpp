// SPDX-License-Identifier: MIT
#include <serval/types/email.hpp>

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace email_test {

using namespace serval;

std::string reason(std::string_view text) {
  try {
    static_cast<void>(Email(text));
    return "ok";
  } catch (const std::invalid_argument& fault) {
    return fault.what();
  }
}

TEST(Email, HasItsDomainInLowerCase) {
  EXPECT_EQ(Email("A@B.COM"), "A@b.com");
  EXPECT_EQ(Email("first.last+tag@sub.Example.org"), "first.last+tag@sub.example.org");
  EXPECT_EQ(Email("j\xC3\xB6rg@example.com"), "j\xC3\xB6rg@example.com");
}

TEST(Email, LosesItsDisplayName) {
  EXPECT_EQ(Email("Ann Lee <ann@example.com>"), "ann@example.com");
  EXPECT_EQ(Email(" <ann@example.com> "), "ann@example.com");
}

TEST(Email, SaysWhatIsMissing) {
  EXPECT_EQ(reason("ann"), "An email address must have an @-sign.");
  EXPECT_EQ(reason(""), "An email address must have an @-sign.");
  EXPECT_EQ(reason("@example.com"), "There must be something before the @-sign.");
  EXPECT_EQ(reason("ann@"), "There must be something after the @-sign.");
  EXPECT_EQ(reason("ann@com"), "The part after the @-sign is not valid. It should have a period.");
}

TEST(Email, SaysWhatIsNotAllowed) {
  EXPECT_EQ(reason("a..b@example.com"), "An email address cannot have two periods in a row.");
  EXPECT_EQ(reason("a b@example.com"), "The email address contains invalid characters before the @-sign: SPACE.");
  EXPECT_EQ(reason("a(b@example.com"), "The email address contains invalid characters before the @-sign: '('.");
  EXPECT_EQ(reason("ab@exa_mple.com"), "The part after the @-sign contains invalid characters: '_'.");
  EXPECT_EQ(reason("ab@example.com."), "An email address cannot end with a period.");
  EXPECT_EQ(reason(".ab@example.com"), "An email address cannot start with a period.");
  EXPECT_EQ(reason("ab@printer.local"),
            "The part after the @-sign is a special-use or reserved name that cannot be used with email.");
  EXPECT_NE(reason(std::string(65, 'a') + "@example.com"), "ok");
  EXPECT_NE(reason("a@" + std::string(260, 'b') + ".com"), "ok");
}

}  // namespace email_test

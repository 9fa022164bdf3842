// SPDX-License-Identifier: MIT
// A security scheme of the user's own.
#include <serval/security/security_scheme.hpp>

#include <gtest/gtest.h>

#include <charconv>
#include <optional>
#include <string>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::own_scheme_test {

/// A number in the field x-ticket.
class Ticket : public SecurityScheme<Ticket> {
 public:
  std::optional<int> read(const Request& request) const {
    const auto field = request.header("x-ticket");
    if (!field) return std::nullopt;
    int number = 0;
    if (std::from_chars(field->data(), field->data() + field->size(), number).ptr != field->data() + field->size()) {
      throw HttpError(403, "not a ticket");
    }
    return number;
  }
  HttpError refusal() const { return HttpError(403, "no ticket"); }
  openapi::SecurityRequirement security() const {
    return {
        .scheme = "Ticket", .definition = {{"type", "apiKey"}, {"in", "header"}, {"name", "x-ticket"}}, .scopes = {}};
  }
};

const Ticket ticket;

class OwnScheme : public ::testing::Test {
 protected:
  OwnScheme() {
    app_.get("/")([](Depends<&ticket> number) { return *number; });
    app_.get("/maybe")([](Depends<maybe<&ticket>> number) { return *number; });
  }
  TestResponse get(const char* path, const char* field) {
    return TestClient(app_).get(path, {.headers = {{"x-ticket", field}}});
  }
  App app_;
};

TEST_F(OwnScheme, GivesItsCredential) {
  EXPECT_EQ(get("/", "7").body, "7");
  EXPECT_EQ(get("/maybe", "7").body, "7");
  EXPECT_EQ(TestClient(app_).get("/maybe").body, "null");
}

TEST_F(OwnScheme, ChoosesItsRefusal) {
  EXPECT_EQ(TestClient(app_).get("/").status, 403);
  EXPECT_EQ(TestClient(app_).get("/").body, R"({"detail":"no ticket"})");
  EXPECT_EQ(get("/", "x").body, R"({"detail":"not a ticket"})");
  EXPECT_EQ(get("/maybe", "x").status, 403);
}

TEST_F(OwnScheme, StandsInTheDocument) {
  EXPECT_EQ(app_.openapi()["paths"]["/"]["get"]["security"], json::parse(R"([{"Ticket":[]}])"));
}

}  // namespace serval::own_scheme_test

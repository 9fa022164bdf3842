// SPDX-License-Identifier: MIT
// Refresh tokens over a socket: log in, refresh from two connections at once, log out.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <serval/auth.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/store.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::refresh_tokens_wire_test {

using testing::body_of;
using testing::status_of;

class RefreshTokensOverASocket : public ::testing::Test {
 protected:
  RefreshTokensOverASocket() {
    app_.provide(RefreshTokens(store_));
    app_.post("/login")(
        [](State<RefreshTokens> tokens) -> Task<std::string> { co_return co_await tokens->issue("ann"); });
    app_.post("/refresh")([](Body<std::string> token, State<RefreshTokens> tokens) -> Task<std::string> {
      const std::optional<UsedRefreshToken> used = co_await tokens->use(*token);
      if (!used) throw HttpError(401, "invalid_grant");
      co_return used->token;
    });
    app_.post("/logout")([](Body<std::string> token, State<RefreshTokens> tokens) -> Task<bool> {
      co_return co_await tokens->revoke(*token);
    });
    server_.emplace(app_, testing::test_options());
    server_->start();
  }
  /// `body`: JSON.
  std::string post(const std::string& path, const std::string& body) {
    return testing::exchange(
        server_->port(), "POST " + path,
        "content-type: application/json\r\ncontent-length: " + std::to_string(body.size()) + "\r\n", body);
  }

  MemoryStore store_;
  App app_;
  std::optional<Server> server_;
};

TEST_F(RefreshTokensOverASocket, TwoConnectionsGetOneSuccessorAndLogoutEndsBoth) {
  const std::string first(body_of(post("/login", "")));
  const std::string second(body_of(post("/refresh", first)));
  EXPECT_EQ(body_of(post("/refresh", first)), second);
  EXPECT_EQ(second.size(), 45U);  // with quotes
  EXPECT_EQ(body_of(post("/logout", second)), "true");
  const std::string refused = post("/refresh", second);
  EXPECT_EQ(status_of(refused), 401);
  EXPECT_EQ(body_of(refused), R"({"detail":"invalid_grant"})");
}

}  // namespace serval::refresh_tokens_wire_test

// SPDX-License-Identifier: MIT
#include "service.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <serval/middleware.hpp>

#include "identity.hpp"
#include "routes.hpp"

using namespace serval;
using namespace std::chrono_literals;

namespace accounts {

void set_up(App& app, const Settings& settings, std::shared_ptr<AccountStore> accounts, std::shared_ptr<Store> store) {
  Store& values = app.provide<Store>(std::move(store));
  const auto login_limit = static_cast<std::uint32_t>(settings.logins_per_minute.value());
  app.use(RequestId());
  app.use(AccessLog());
  const AuditLog audit({.file = settings.audit_file});
  app.use(audit);
  app.use(SecurityHeaders());
  app.use(RateLimit({.limit = 600, .window = 60s, .burst = 100}));  // of each client
  app.use(Csrf());
  app.use(Sessions<Visit>({.store = &values, .cookie = "session", .secure = settings.https}));

  app.provide(settings);
  app.provide<AccountStore>(std::move(accounts));
  SecretKey key = settings.jwt_key ? SecretKey::from_text(settings.jwt_key->reveal()) : SecretKey::random();
  app.provide(Jwt<Claims>({.secret = std::move(key), .algorithms = {hs256}}));
  app.provide(Passwords());
  const auto on_reuse = [audit](std::string_view subject) {
    audit.record("refresh_token_reuse", {.actor = std::string(subject), .outcome = AuditOutcome::failure});
  };
  app.provide(RefreshTokens(values, {.on_reuse = on_reuse}));
  app.provide(RateLimiter({.limit = login_limit, .window = 60s, .name = "login"}));

  app.include(user_routes());
  app.include(token_routes());
  app.include(browser_routes());
}

}  // namespace accounts

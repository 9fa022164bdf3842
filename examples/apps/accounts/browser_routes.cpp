// SPDX-License-Identifier: MIT
#include <serval/task.hpp>

#include "identity.hpp"
#include "login.hpp"
#include "routes.hpp"

using namespace serval;

namespace accounts {

namespace {

Task<void> log_in_browser(Credentials sent, Session<Visit>& visit, Depends<login> login) {
  const Account account = co_await check_password(sent.username, sent.password.reveal(), *login);
  visit.renew();  // a session that somebody else knows does not become that of the user
  visit->username = account.user.username;
  visit->password_version = account.password_version;
}

void log_out_browser(Session<Visit>& visit) { visit.clear(); }

}  // namespace

Router browser_routes() {
  Router router({.tags = {"login"}});
  router.post<log_in_browser>("/login", {.status_code = 204});
  router.post<log_out_browser>("/logout", {.status_code = 204});
  return router;
}

}  // namespace accounts

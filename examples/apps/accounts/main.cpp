// SPDX-License-Identifier: MIT
// User accounts: registration, logins with tokens for programs and with sessions for browsers. "Authorize" at /docs
// logs in. The accounts are kept in memory.
//
//   $ ./scripts/run accounts
//
//   $ curl --json '{"username":"ann","email":"ann@x.org","password":"let me in"}' http://127.0.0.1:8000/register
//   {"username":"ann","email":"ann@x.org"}
//   $ curl --json '{"username":"ann","email":"an@x.org","password":"let me in"}' http://127.0.0.1:8000/register
//   {"detail":"The username or the e-mail address is in use"}
//   $ curl http://127.0.0.1:8000/token -d 'username=ann&password=let+me+in'
//   {"access_token":"...","token_type":"bearer","expires_in":900,"refresh_token":"..."}
//   $ curl http://127.0.0.1:8000/token -d 'username=ann&password=guess'
//   {"detail":"Incorrect username or password"}
//   $ curl http://127.0.0.1:8000/users/me
//   {"detail":"Not authenticated"}
//   $ curl -w '%{http_code}' --json '{"username":"ann","password":"let me in"}' http://127.0.0.1:8000/login
//   204
//   $ curl -H 'sec-fetch-site: cross-site' --json '{"username":"ann","password":"x"}' http://127.0.0.1:8000/login
//   {"detail":"Cross-site request refused"}
#include <serval/serval.hpp>
#include <serval/settings.hpp>
#include <serval/store.hpp>

#include <memory>

#include "service.hpp"

int main(int argc, char** argv) {
  const auto settings = serval::read_settings<accounts::Settings>(argc, argv, {.prefix = "ACCOUNTS_"});
  serval::App app({.title = "Accounts"});
  accounts::set_up(app, settings, std::make_shared<accounts::MemoryAccounts>(),
                   std::make_shared<serval::MemoryStore>());
  return app.run(argc, argv);
}

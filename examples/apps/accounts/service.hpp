// SPDX-License-Identifier: MIT
// The service: everything that `main` and the tests share.
#pragma once

#include <serval/serval.hpp>
#include <serval/store.hpp>

#include <memory>

#include "account_store.hpp"
#include "settings.hpp"

namespace accounts {

/// Adds middleware, shared objects and routes to an application. `store`: for sessions and refresh tokens.
void set_up(serval::App& app, const Settings& settings, std::shared_ptr<AccountStore> accounts,
            std::shared_ptr<serval::Store> store);

}  // namespace accounts

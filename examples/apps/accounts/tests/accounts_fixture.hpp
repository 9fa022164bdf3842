// SPDX-License-Identifier: MIT
// A fixture that uses the service as a client does, without a socket.
#pragma once

#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/testing.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "service.hpp"

class AccountsService : public testing::Test {
 protected:
  AccountsService() {
    accounts::set_up(app, {.admins = {{"root"}}}, std::make_shared<accounts::MemoryAccounts>(),
                     std::make_shared<serval::MemoryStore>());
  }

  serval::TestResponse register_user(const std::string& name, const std::string& password = "correct horse") {
    return client.post(
        "/register",
        {.json = serval::json{{"username", name}, {"email", name + "@example.com"}, {"password", password}}});
  }
  serval::TestResponse log_in_program(const std::string& name, const std::string& password = "correct horse") {
    return client.post("/token", {.form = {{"username", name}, {"password", password}}});
  }
  serval::TestResponse log_in_browser(const std::string& name, const std::string& password = "correct horse") {
    return client.post("/login", {.json = serval::json{{"username", name}, {"password", password}}});
  }
  /// Of the browser that is logged in.
  serval::TestResponse change_password() {
    return client.put("/users/me/password",
                      {.json = serval::json{{"old_password", "correct horse"}, {"new_password", "battery staple"}}});
  }
  serval::TestResponse get_with_token(const std::string& path, const std::string& token) {
    return client.get(path, {.headers = {{"authorization", "Bearer " + token}}});
  }

  serval::App app;
  serval::TestClient client{app};
};

// SPDX-License-Identifier: MIT
// A fixture that uses the service as a client does, without a socket.
#pragma once

#include <serval/testing.hpp>
#include <gtest/gtest.h>

#include <memory>

#include "routes.hpp"
#include "store.hpp"

class TodoService : public testing::Test {
 protected:
  TodoService() {
    app.provide(std::make_shared<todo::Store>());
    app.include(todo::routes());
  }

  serval::App app;
  serval::TestClient client{app};
};

// SPDX-License-Identifier: MIT
// error: a function that takes a reference to a changeable object needs std::ref(object)
#include <serval/serval.hpp>

void count(int& number) { ++number; }

void declare(serval::App& app) {
  app.post("/mails")([](serval::BackgroundTasks& background) {
    int number = 0;
    background.add(count, number);
  });
}

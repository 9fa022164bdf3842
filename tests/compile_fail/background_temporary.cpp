// SPDX-License-Identifier: MIT
// error: a parameter of the coroutine f would refer to a temporary
#include <serval/serval.hpp>
#include <serval/task.hpp>

serval::Task<void> send_mail(const std::string&) { co_return; }

void declare(serval::App& app) {
  app.post("/mails")([](serval::BackgroundTasks& background) { background.add(send_mail, "ann@example.com"); });
}

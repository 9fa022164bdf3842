// SPDX-License-Identifier: MIT
// error: type/value mismatch at argument 1 in template parameter list for 'template<auto FunctionNotType
// error: template argument for non-type template parameter must be an expression
#include <serval/serval.hpp>

struct Settings {
  std::string name;
};

void declare(serval::App& app) {
  app.get("/name")([](serval::Depends<Settings> settings) { return settings->name; });
}

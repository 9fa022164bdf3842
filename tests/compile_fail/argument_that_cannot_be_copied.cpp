// SPDX-License-Identifier: MIT
// error: serval: this argument is shared within its request and cannot be copied; take it by reference
#include <serval/serval.hpp>

struct Lease {
  Lease() = default;
  Lease(const Lease&) = delete;
};
template <>
struct serval::Argument<Lease> {
  static Lease from(serval::Query<int, "lease">) { return {}; }
};

int main() {
  serval::App app;
  app.get("/")([](Lease) { return 1; });
}

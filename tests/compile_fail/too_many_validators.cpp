// SPDX-License-Identifier: MIT
// error: a value takes at most 4 validated_by rules
#include <serval/serval.hpp>

int half(int value);

void declare(serval::App& app) {
  using serval::validated_by;
  app.get("/items")([](serval::Query<int, "size", validated_by<half>, validated_by<half>, validated_by<half>,
                                     validated_by<half>, validated_by<half>>
                           size) { return size > 1; });
}

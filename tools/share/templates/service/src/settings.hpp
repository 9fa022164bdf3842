// What can be set without a change of the code: in the environment, MY_SERVICE_MAX_ITEMS=100, or in the file .env.
#pragma once

#include <serval/serval.hpp>

struct Settings {
  /// How many items the service keeps at most.
  serval::Field<serval::Default<int>, serval::ge(1)> max_items = 10'000;
};

// SPDX-License-Identifier: MIT
// error: Partial<T> takes no model with Extends members
#include <serval/serval.hpp>

using namespace serval;

struct Vehicle {
  std::string type;
  int wheels;
};
struct Car {
  Extends<Vehicle> base;
  std::string type;
};

void declare(App& app) {
  app.patch("/cars")([](Partial<Car> car) { return car.value; });
}

// SPDX-License-Identifier: MIT
// error: Partial<T>::has takes a member of T or of a model that T extends
#include <serval/serval.hpp>

using namespace serval;

struct Vehicle {
  std::string type;
  int wheels;
};
struct Car {
  Extends<Vehicle> base;
  int seats;
};
struct Boat {
  int sails;
};

void declare(App& app) {
  app.patch("/cars")([](Partial<Car> car) { return car.has(&Vehicle::wheels) && car.has(&Boat::sails); });
}

// The models of an item on the wire.
#pragma once

#include <serval/serval.hpp>

#include <string>

struct NewItem {
  serval::Field<std::string, serval::min_length(1), serval::max_length(100)> name;
  serval::Field<double, serval::ge(0)> price;
};

/// An item in responses: one flat object.
struct Item {
  int id = 0;
  serval::Extends<NewItem> content;
};

/// The part of a list: each member is a query parameter.
struct Page {
  serval::Field<serval::Default<int>, serval::ge(0)> offset = 0;
  serval::Field<serval::Default<int>, serval::ge(1), serval::le(100)> limit = 20;
};

// SPDX-License-Identifier: MIT
// All features of models: nesting, enumerations, unions, types with a text format, rule functions, computed members.
//
//   $ ./scripts/run 12_models
//
//   $ curl --json '{"to":"Ada@B.COM","cart":[{"name":" Cup","price":1.5}],"by":{"kind":"card"}}' 127.0.0.1:8000/orders
//   {"to":"Ada@b.com","cart":[{"name":"Cup","price":"1.5","color":"white"}],"by":{"kind":"card","network":"visa"},
//     "number":1,"placed":"2024-05-01T12:00:00Z","count":1}
//   $ curl --json '{"to":"ada","cart":[],"by":{"kind":"gold"}}' http://127.0.0.1:8000/orders
//   {"detail":[{"type":"value_error","loc":["body","to"],
//     "msg":"value is not a valid email address: An email address must have an @-sign.","input":"ada",
//     "ctx":{"reason":"An email address must have an @-sign."}},{"type":"too_short","loc":["body","cart"],
//     "msg":"List should have at least 1 item after validation, not 0","input":[],
//     "ctx":{"field_type":"List","min_length":1,"actual_length":0}},{"type":"union_tag_invalid","loc":["body","by"],
//     "msg":"Input tag 'gold' found using 'kind' does not match any of the expected tags: 'card', 'invoice'",
//     "input":{"kind":"gold"},"ctx":{"discriminator":"'kind'","tag":"gold","expected_tags":"'card', 'invoice'"}}]}
//   $ curl 'http://127.0.0.1:8000/colors?page=2'
//   {"page":2,"items":["black"],"next":null}
#include <serval/serval.hpp>
#include <serval/types.hpp>

#include <optional>
#include <stdexcept>
#include <variant>
#include <vector>

using namespace serval;

enum class Color { white, black };

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) throw std::invalid_argument("a name is more than spaces");
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

struct Item {
  Field<std::string, prepared_by<trimmed>, max_length(40)> name;
  Field<Decimal, gt(0), decimal_places(2)> price;  // keeps its digits
  Default<Color> color = Color::white;             // by name on the wire
};

struct Card {
  Literal<"card"> kind;
  Default<std::string> network = "visa";
};
struct Invoice {
  Literal<"invoice"> kind;
  Nullable<HttpUrl> send_to;  // required, may be null
};

struct Order {
  Email to;
  Field<std::vector<Item>, min_length(1)> cart;
  Field<std::variant<Card, Invoice>, discriminator("kind")> by;
};
struct PlacedOrder {
  Extends<Order> order;  // one flat object
  int number = 0;
  DateTime placed;

  std::size_t count() const { return order.cart.size(); }
  static constexpr auto computed() { return computed_members(computed_member("count", &PlacedOrder::count)); }
};

template <class T>
struct Page {  // in the document: Page[Color]
  int page = 1;
  std::vector<T> items;
  std::optional<int> next;
};

int main(int argc, char** argv) {
  App app;
  app.post("/orders")([](Order order) { return PlacedOrder{order, 1, DateTime::parse("2024-05-01T12:00:00Z")}; });
  app.get("/colors")([](Query<int, "page", ge(1), le(2), default_to(1)> page) {
    return page == 1 ? Page<Color>{page, {Color::white}, 2} : Page<Color>{page, {Color::black}, std::nullopt};
  });
  return app.run(argc, argv);
}

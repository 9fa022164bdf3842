// SPDX-License-Identifier: MIT
// Parameters from path, query, headers and cookies: a handler declares their types, names and rules. If a value does
// not fit, the response is 422, and the handler is not called.
//
//   $ ./scripts/run 02_path_and_query
//
//   $ curl 'http://127.0.0.1:8000/items/7?q=chair'
//   {"item_id":7,"q":"chair"}
//   $ curl http://127.0.0.1:8000/items/7
//   {"item_id":7,"q":null}
//   $ curl http://127.0.0.1:8000/items/seven
//   {"detail":[{"type":"int_parsing","loc":["path","item_id"],
//     "msg":"Input should be a valid integer, unable to parse string as an integer","input":"seven"}]}
//   $ curl 'http://127.0.0.1:8000/pages?limit=5'
//   {"skip":0,"limit":5}
//   $ curl http://127.0.0.1:8000/colors/green
//   {"color":"green","hex":"#00ff00"}
//   $ curl 'http://127.0.0.1:8000/sum?n=1&n=2&n=3'
//   6
//   $ curl -A reader/1.0 -b theme=dark http://127.0.0.1:8000/me
//   {"agent":"reader/1.0","theme":"dark"}
//   $ curl 'http://127.0.0.1:8000/search?color=red&tag=new&tag=sale'
//   {"min_price":0.0,"color":"red","tag":["new","sale"],"limit":20}
#include <serval/serval.hpp>

#include <array>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

using namespace serval;

enum class Color { red, green, blue };

struct Item {
  int item_id;
  std::optional<std::string> q;
};

struct Paint {
  Color color;
  std::string hex;
};

// As Query<Filter> each member is a query parameter; as a return value each is a member of the response.
struct Filter {
  Default<double> min_price = 0.0;
  std::optional<Color> color;                      // may be absent
  Default<std::vector<std::string>> tag;           // may be repeated
  Field<Default<int>, ge(1), le(100)> limit = 20;  // checked, with a default
};

// A named function gives the route its name.
Item read_item(Path<int, "item_id"> item_id, Query<std::optional<std::string>, "q", max_length(50)> q) {
  return {item_id, q};
}

Paint read_color(Path<Color, "color"> color) {
  constexpr std::array hex{"#ff0000", "#00ff00", "#0000ff"};
  return {color, hex.at(static_cast<std::size_t>(*color))};
}

int main(int argc, char** argv) {
  App app;
  app.get<read_item>("/items/{item_id}");
  app.get<read_color>("/colors/{color}");
  app.get("/pages")([](Query<int, "skip", ge(0), default_to(0)> skip, Query<int, "limit", default_to(10)> limit) {
    return json{{"skip", skip}, {"limit", limit}};
  });
  app.get("/sum")([](Query<std::vector<int>, "n"> n) { return std::accumulate(n.begin(), n.end(), 0); });
  app.get("/me")([](Header<std::string, "user-agent"> agent, Cookie<std::string, "theme", default_to("light")> theme) {
    return json{{"agent", agent}, {"theme", theme}};
  });
  app.get("/search")([](Query<Filter> filter) -> Filter { return filter; });
  return app.run(argc, argv);
}

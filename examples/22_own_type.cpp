// SPDX-License-Identifier: MIT
// Your own type in parameters and models: its conversion and its schema in one place.
//
//   $ ./scripts/run 22_own_type
//
//   $ curl 'http://127.0.0.1:8000/mix?a=%23ff0000&b=%230000ff'
//   {"name":"mixed","color":"#7f007f"}
//   $ curl 'http://127.0.0.1:8000/mix?a=red&b=%230000ff'
//   {"detail":[{"type":"value_error","loc":["query","a"],"msg":"Value error, a color is # and six digits",
//     "input":"red","ctx":{"error":{}}}]}
#include <serval/serval.hpp>

#include <charconv>
#include <stdexcept>
#include <string>

using namespace serval;

struct Color {
  unsigned rgb = 0;
};

template <>
struct serval::Convert<Color> {
  // A std::logic_error becomes a value_error with its text; any other exception is an error of the program: 500.
  static Color from_wire(const std::string& text) {
    Color color;
    const char* end = text.data() + text.size();
    const bool is_color =
        text.size() == 7 && text[0] == '#' && std::from_chars(text.data() + 1, end, color.rgb, 16).ptr == end;
    if (!is_color) throw std::invalid_argument("a color is # and six digits");
    return color;
  }
  static std::string to_wire(const Color& color) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4) text += digits[color.rgb >> shift & 15];
    return text;
  }
  static constexpr std::string_view schema = R"({"type":"string","format":"color"})";
};

struct Paint {
  std::string name;
  Color color;
};

int main(int argc, char** argv) {
  App app;
  app.get("/mix")([](Query<Color, "a"> a, Query<Color, "b"> b) {
    const unsigned mixed = ((a.rgb & 0xfefefe) >> 1) + ((b.rgb & 0xfefefe) >> 1);
    return Paint{"mixed", {mixed}};
  });
  return app.run(argc, argv);
}

// SPDX-License-Identifier: MIT
#include <serval/schema/json_hook.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <serval/params/parameter.hpp>
#include <serval/schema/codec.hpp>
#include <serval/types.hpp>

namespace hooked {

enum class Color { red, green };
enum class Mood { sad, happy };
NLOHMANN_JSON_SERIALIZE_ENUM(Mood, {{Mood::sad, ":("}, {Mood::happy, ":)"}})

struct Point {
  int x = 0;
  std::optional<float> y;
};

/// Converts itself to and from the unordered form only.
struct Sorted {
  int z = 0;
};
void to_json(nlohmann::json& out, const Sorted& value) { out = nlohmann::json{{"z", value.z}, {"a", 1}}; }
void from_json(const nlohmann::json& from, Sorted& value) { value.z = from.at("z"); }

struct Ordered {
  int z = 0;
};
void to_json(nlohmann::ordered_json& out, const Ordered& value) {
  out = nlohmann::ordered_json{{"z", value.z}, {"a", 1}};
}

/// Converts itself to and from every form.
struct Generic {
  int x = 0;
};
template <class BasicJsonType>
void to_json(BasicJsonType& out, const Generic& value) {
  out = BasicJsonType{{"generic", value.x}};
}
template <class BasicJsonType>
void from_json(const BasicJsonType& from, Generic& value) {
  value.x = from.at("generic").template get<int>();
}

class Intrusive {
 public:
  Intrusive() = default;
  explicit Intrusive(int x) : x_(x) {}
  [[nodiscard]] int x() const { return x_; }

 private:
  int x_ = 0;
  friend void to_json(serval::json& out, const Intrusive& value) { out = {{"x", value.x_}}; }
  friend void from_json(const serval::json& from, Intrusive& value) { from.at("x").get_to(value.x_); }
};

/// A class of another library: its conversion is in an adl_serializer.
class Foreign {
 public:
  explicit Foreign(int x) : x_(x) {}
  [[nodiscard]] int x() const { return x_; }

 private:
  int x_;
};

}  // namespace hooked

template <>
struct nlohmann::adl_serializer<hooked::Foreign> {
  static void to_json(nlohmann::json& out, const hooked::Foreign& value) { out = value.x(); }
  static hooked::Foreign from_json(const nlohmann::json& from) { return hooked::Foreign(from.get<int>()); }
};

namespace serval::json_hook_test {

using hooked::Color;
using hooked::Point;

std::string text_of(const json& value) { return schema::to_text(value); }

TEST(JsonOfValues, HoldsModels) {
  const Point point{1, {}};
  const std::vector<Point> points{{2, 0.1F}};
  EXPECT_EQ(text_of({{"point", point}, {"points", points}}),
            R"({"point":{"x":1,"y":null},"points":[{"x":2,"y":0.1}]})");
}

TEST(JsonOfValues, HoldsFloatsByTheDigitsThatAModelShows) {
  struct Measured {
    float x;
  };
  const auto in_model = [](float x) { return encode_json(Measured{x}); };
  const auto in_json = [](float x) { return text_of({{"x", x}}); };
  for (const float x : {0.1F, -2.7F, 16777216.0F, 1073741824.0F, -123456789.0F, 9.87654321e14F, 3.4028235e38F}) {
    EXPECT_EQ(in_json(x), in_model(x));
    EXPECT_EQ(text_of({{"x", std::optional(x)}}), in_model(x));
    EXPECT_EQ(text_of(json(Measured{x})), in_model(x));
    EXPECT_EQ(text_of(schema::parse_json(in_json(x))), in_model(x));
  }
  EXPECT_EQ(in_model(0.1F), R"({"x":0.1})");
  EXPECT_EQ(in_json(1073741824.0F), R"({"x":1073741800.0})");
  // The exponent of a plain value has two digits, as Python writes it.
  EXPECT_EQ(in_model(1e-7F), R"({"x":1e-7})");
  EXPECT_EQ(in_json(1e-7F), R"({"x":1e-07})");
}

TEST(JsonOfValues, HoldsOptionals) {
  const std::optional<std::string> none;
  const std::optional<std::string> text = "a";
  EXPECT_EQ(text_of({{"none", none}, {"text", text}, {"point", std::optional(Point{})}}),
            R"({"none":null,"text":"a","point":{"x":0,"y":null}})");
}

TEST(JsonOfValues, HoldsEnumeratorsByName) {
  EXPECT_EQ(text_of({{"color", Color::green}, {"all", std::vector{Color::red, Color::green}}}),
            R"({"color":"green","all":["red","green"]})");
  EXPECT_EQ(text_of({{"by", std::map<Color, int>{{Color::red, 1}}}}), R"({"by":{"red":1}})");
}

TEST(JsonOfValues, LeavesEnumerationsTheirOwnConversion) {
  EXPECT_EQ(text_of({{"mood", hooked::Mood::happy}}), R"-({"mood":":)"})-");
  EXPECT_EQ(text_of({{"moods", std::vector{hooked::Mood::sad}}}), R"-({"moods":[":("]})-");
  EXPECT_EQ(json(":(").get<hooked::Mood>(), hooked::Mood::sad);
}

TEST(JsonOfValues, RefusesAnEnumeratorWithoutName) { EXPECT_THROW(json(static_cast<Color>(7)), std::domain_error); }

TEST(JsonOfValues, HoldsDatesAndTextTypes) {
  using namespace std::chrono;
  const json value{{"day", 2024y / February / 3},
                   {"for", minutes(90)},
                   {"at", DateTime::parse("2024-01-02T03:04:05Z")},
                   {"id", Uuid()},
                   {"price", Decimal("1.10")},
                   {"secret", Secret<>("x")},
                   {"kind", Literal<"cat", "dog">("dog")},
                   {"nothing", std::monostate()}};
  EXPECT_EQ(text_of(value),
            R"({"day":"2024-02-03","for":"PT1H30M","at":"2024-01-02T03:04:05Z",)"
            R"("id":"00000000-0000-0000-0000-000000000000","price":"1.10","secret":"**********","kind":"dog",)"
            R"("nothing":null})");
}

TEST(JsonOfValues, HoldsParametersAndFields) {
  const Query<std::optional<std::string>, "q"> q;
  const Path<int, "id"> id = 3;
  const Header<std::vector<std::string>, "x-tag"> tags = std::vector<std::string>{"a", "b"};
  const Cookie<Color, "color"> color = Color::green;
  const Field<std::string, min_length(1)> name = "x";
  const Default<std::optional<int>> size;
  const Nullable<double> tax = 0.5;
  EXPECT_EQ(
      text_of({{"q", q}, {"id", id}, {"tags", tags}, {"color", color}, {"name", name}, {"size", size}, {"tax", tax}}),
      R"({"q":null,"id":3,"tags":["a","b"],"color":"green","name":"x","size":null,"tax":0.5})");
}

TEST(JsonOfValues, HoldsOfAPartialWhatCame) {
  EXPECT_EQ(text_of({{"patch", decode_json<Partial<Point>>(R"({"x":2})")}}), R"({"patch":{"x":2}})");
}

TEST(JsonOfValues, HoldsContainers) {
  EXPECT_EQ(text_of({{"set", std::set{2, 1}},
                     {"map", std::map<int, Point>{{5, {}}}},
                     {"tuple", std::tuple{1, Color::red}},
                     {"pair", std::pair{1, "b"}},
                     {"array", std::array{1, 2}},
                     {"bits", std::vector{true, false}},
                     {"either", std::variant<int, Point>(Point{})},
                     {"values", std::vector<json>{1, "a"}},
                     {"members", std::map<std::string, json>{{"k", nullptr}}}}),
            R"({"set":[1,2],"map":{"5":{"x":0,"y":null}},"tuple":[1,"red"],"pair":[1,"b"],"array":[1,2],)"
            R"("bits":[true,false],"either":{"x":0,"y":null},"values":[1,"a"],"members":{"k":null}})");
}

TEST(JsonOfValues, TakesTextsAndNumbersAsEver) {
  const char* const missing = nullptr;
  const std::string_view view = "v";
  const int numbers[] = {1, 2};
  EXPECT_EQ(text_of({{"literal", "a"}, {"view", view}, {"missing", missing}, {"null", nullptr}, {"yes", true}}),
            R"({"literal":"a","view":"v","missing":null,"null":null,"yes":true})");
  EXPECT_EQ(
      text_of({{"float", 0.1F}, {"double", 2.0}, {"large", std::numeric_limits<std::uint64_t>::max()}, {"c", 'a'}}),
      R"({"float":0.1,"double":2.0,"large":18446744073709551615,"c":97})");
  EXPECT_EQ(text_of({{"array", numbers}, {"texts", std::vector{"a", "b"}}, {"path", std::filesystem::path("/a")}}),
            R"({"array":[1,2],"texts":["a","b"],"path":"/a"})");
}

TEST(JsonOfValues, UsesTheConversionsOfAType) {
  EXPECT_EQ(text_of({{"sorted", hooked::Sorted{1}}, {"ordered", hooked::Ordered{2}}, {"generic", hooked::Generic{3}}}),
            R"({"sorted":{"a":1,"z":1},"ordered":{"z":2,"a":1},"generic":{"generic":3}})");
  EXPECT_EQ(text_of({{"own", hooked::Intrusive(4)}, {"foreign", hooked::Foreign(5)}}),
            R"({"own":{"x":4},"foreign":5})");
  EXPECT_EQ(text_of({{"list", std::vector{hooked::Sorted{6}}}}), R"({"list":[{"a":1,"z":6}]})");
}

TEST(JsonOfValues, ConvertsTheOtherForms) {
  const json value{{"z", 1}, {"a", {Color::red, 2.5, nullptr}}};
  const nlohmann::json sorted = value;
  const nlohmann::ordered_json ordered = value;
  EXPECT_EQ(sorted.dump(), R"({"a":["red",2.5,null],"z":1})");
  EXPECT_EQ(ordered.dump(), R"({"z":1,"a":["red",2.5,null]})");
  EXPECT_EQ(json(sorted).dump(), R"({"a":["red",2.5,null],"z":1})");
  EXPECT_EQ(text_of({{"sorted", sorted}, {"ordered", ordered}}),
            R"({"sorted":{"a":["red",2.5,null],"z":1},"ordered":{"z":1,"a":["red",2.5,null]}})");
}

TEST(JsonOfValues, MayBeChangedAfterwards) {
  json value = Point{1, {}};
  value["y"] = Color::red;
  value["more"].push_back(Point{});
  EXPECT_EQ(text_of(value), R"({"x":1,"y":"red","more":[{"x":0,"y":null}]})");
  EXPECT_TRUE(value["y"] == Color::red);
}

TEST(JsonOfValues, LeavesBinaryDataBinary) {
  EXPECT_TRUE(json(json::binary_t({1, 2})).is_binary());
  EXPECT_TRUE(json(nlohmann::json::binary({1, 2})).is_binary());
  EXPECT_EQ(text_of(std::vector<std::uint8_t>{1, 2}), "[1,2]");
}

// The values that were created before the fault are freed; the address sanitizer reports those that are not.
TEST(JsonOfValues, FreesWhatWasMadeBeforeAFault) {
  const std::vector<std::vector<Color>> colors{{Color::red, Color::green}, {static_cast<Color>(63)}};
  EXPECT_THROW((void)json({{"colors", colors}}), std::domain_error);
}

TEST(JsonOfValues, MovesTexts) {
  std::string text(100, 'x');
  const char* const characters = text.data();
  const json value = std::move(text);
  EXPECT_EQ(value.get_ref<const std::string&>().data(), characters);
}

TEST(JsonOfValues, IsNoValueOfReflection) {
  struct Holder {
    json first;
    int second = 0;
  };
  EXPECT_EQ(encode_json(Holder{{{"a", 1}}, 2}), R"({"first":{"a":1},"second":2})");
}

TEST(GetOfJson, ReadsEnumerationsByName) {
  const json value{{"color", Color::green}, {"all", std::vector{Color::red, Color::green}}};
  EXPECT_EQ(value["color"].get<Color>(), Color::green);
  EXPECT_EQ(value.value("other", Color::red), Color::red);
  EXPECT_EQ(value["all"].get<std::vector<Color>>().at(1), Color::green);
  EXPECT_ANY_THROW((void)json("blue").get<Color>());
}

TEST(GetOfJson, UsesTheConversionsOfAType) {
  EXPECT_EQ(json({{"z", 7}}).get<hooked::Sorted>().z, 7);
  EXPECT_EQ(json({{"generic", 8}}).get<hooked::Generic>().x, 8);
  EXPECT_EQ(json({{"x", 9}}).get<hooked::Intrusive>().x(), 9);
  EXPECT_EQ(json(10).get<hooked::Foreign>().x(), 10);
}

TEST(GetOfJson, LeavesHoldersOfJsonAlone) {
  const json value{{"a", 1}};
  const std::optional<json> optional = value;
  const std::variant<int, json> either = value;
  const Default<json> field = value;
  EXPECT_EQ(optional, value);
  EXPECT_EQ(std::get<json>(either), value);
  EXPECT_EQ(text_of(field), R"({"a":1})");
  static_assert(!std::is_convertible_v<json, Point>);
}

TEST(DecodeJson, TakesTypesThatConvertThemselves) {
  EXPECT_EQ(decode_json<hooked::Sorted>(R"({"z":1})").z, 1);
  EXPECT_EQ(encode_json(hooked::Sorted{2}), R"({"a":1,"z":2})");
  EXPECT_EQ(encode_json(hooked::Ordered{2}), R"({"z":2,"a":1})");
  EXPECT_EQ(encode_json(hooked::Foreign(3)), "3");
  EXPECT_EQ(decode_json<nlohmann::ordered_json>(R"({"z":1,"a":2})").dump(), R"({"z":1,"a":2})");
}

}  // namespace serval::json_hook_test

// SPDX-License-Identifier: MIT
#include <serval/schema/reflect.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>
#include <serval/schema/partial.hpp>
#include <serval/schema/type_of.hpp>

namespace market {
struct Empty {};
struct One {
  int only;
};
struct Ten {
  int a;
  std::string b;
  std::optional<double> c;
  std::vector<int> d;
  serval::Field<int, serval::gt(0)> e;
  serval::Default<std::string> f;
  serval::Nullable<int> g;
  std::map<std::string, int> h;
  One nested;
  bool last_one;
};
// clang-format off
struct SixtyFour {
  int m00, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21;
  int m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43;
  int m44, m45, m46, m47, m48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61, m62, m63;
};
// clang-format on
template <class T>
struct Page {
  std::vector<T> items;
  int total;
};
struct Tree {
  int value;
  std::vector<Tree> branches;
};
struct Outer {
  struct Inner {
    int x;
  };
  Inner inner;
};

struct Base {
  int id;
  std::string name;
};
struct Stamp {
  std::string created;
};
struct Middle {
  serval::Extends<Base> base;
  int level;
};
struct Several {
  serval::Extends<Base> base;
  double own;
  serval::Extends<Stamp> stamp;
};
struct Deep {
  int first;
  serval::Extends<Middle> middle;
  int last;
};
}  // namespace market

namespace reflect_test {

using namespace serval;

struct Hidden {
  int member_of_hidden;
};

template <class T>
std::vector<std::string> names_of() {
  std::vector<std::string> names;
  for (const detail::Member& member : detail::model_members<T>) names.emplace_back(member.name);
  return names;
}

using Names = std::vector<std::string>;

TEST(Reflect, CountsNoMembers) { EXPECT_EQ(detail::member_count<market::Empty>, 0U); }

TEST(Reflect, NamesOneMember) { EXPECT_EQ(names_of<market::One>(), Names{"only"}); }

TEST(Reflect, NamesMembersOfManyTypes) {
  EXPECT_EQ(names_of<market::Ten>(), (Names{"a", "b", "c", "d", "e", "f", "g", "h", "nested", "last_one"}));
}

TEST(Reflect, NamesSixtyFourMembers) {
  const Names names = names_of<market::SixtyFour>();
  ASSERT_EQ(names.size(), 64U);
  EXPECT_EQ(names.front(), "m00");
  EXPECT_EQ(names.back(), "m63");
}

TEST(Reflect, NamesMembersOfATypeWithoutExternalName) { EXPECT_EQ(names_of<Hidden>(), Names{"member_of_hidden"}); }

TEST(Reflect, NamesMembersOfATemplate) { EXPECT_EQ(names_of<market::Page<market::One>>(), (Names{"items", "total"})); }

TEST(Reflect, NamesMembersOfATypeThatContainsItself) {
  EXPECT_EQ(names_of<market::Tree>(), (Names{"value", "branches"}));
  EXPECT_EQ(detail::type_of<market::Tree>.model->members[1].type->element, &detail::type_of<market::Tree>);
}

TEST(Reflect, PutsExtendedMembersInTheirPlace) {
  EXPECT_EQ(names_of<market::Several>(), (Names{"id", "name", "own", "created"}));
}

TEST(Reflect, FlattensExtendedModelsThatExtendOthers) {
  EXPECT_EQ(names_of<market::Deep>(), (Names{"first", "id", "name", "level", "last"}));
}

TEST(Reflect, FindsWhereMembersLie) {
  market::Deep object;
  const detail::Model& model = detail::model_of<market::Deep>;
  EXPECT_EQ(model.at(&object, 0), static_cast<void*>(&object.first));
  EXPECT_EQ(model.at(&object, 2), static_cast<void*>(&object.middle.base.name));
  EXPECT_EQ(model.at(&object, 4), static_cast<void*>(&object.last));
}

TEST(TypeName, LeavesOutNamespaces) {
  EXPECT_EQ(detail::type_name<market::One>(), "One");
  EXPECT_EQ(detail::type_name<Hidden>(), "Hidden");
  EXPECT_EQ(detail::type_name<market::Outer::Inner>(), "Inner");
}

TEST(TypeName, LeavesOutNamespacesOfArguments) {
  EXPECT_EQ(detail::type_name<market::Page<market::One>>(), "Page<One>");
  EXPECT_EQ(detail::type_name<market::Page<Hidden>>(), "Page<Hidden>");
  EXPECT_EQ(detail::type_name<market::Page<market::Outer::Inner>>(), "Page<Inner>");
  EXPECT_EQ(detail::type_name<Partial<market::Outer::Inner>>(), "Partial<Inner>");
}

TEST(TypeName, NamesNestedTemplates) {
  EXPECT_EQ(detail::type_name<market::Page<market::Page<Hidden>>>(), "Page<Page<Hidden>>");
  EXPECT_EQ((detail::type_name<std::map<market::Page<int>, market::One>>()).substr(0, 18), "map<Page<int>, One");
}

template <class T>
std::string_view name_of_local_of(T) {
  struct Row {
    int id;
  };
  return detail::type_name<Row>();
}
struct Store {
  static std::string_view name_of_local(int) noexcept {
    struct Row {
      int id;
    };
    return detail::type_name<market::Page<Row>>();
  }
  [[nodiscard]] std::string_view name_of_constant_local() const {
    struct Row {
      int id;
    };
    return detail::type_name<Row>();
  }
};

TEST(TypeName, LeavesOutTheFunctionThatATypeIsLocalTo) {
  struct Row {
    int id;
    struct Cell {
      int value;
    };
  };
  enum class Color { red };
  EXPECT_EQ(detail::type_name<Row>(), "Row");
  EXPECT_EQ(detail::type_name<Row::Cell>(), "Cell");
  EXPECT_EQ(detail::type_name<Color>(), "Color");
  EXPECT_EQ(detail::type_name<market::Page<Row>>(), "Page<Row>");
  EXPECT_EQ(name_of_local_of(market::Page<Row>()), "Row");
  EXPECT_EQ(Store::name_of_local(1), "Page<Row>");
  EXPECT_EQ(Store().name_of_constant_local(), "Row");
}

TEST(TypeName, LeavesOutTheLambdaThatATypeIsLocalTo) {
  const auto plain = [](int) {
    struct Row {
      int id;
    };
    return detail::type_name<Row>();
  };
  const auto generic = [](auto) mutable {
    struct Row {
      int id;
    };
    return detail::type_name<Row>();
  };
  EXPECT_EQ(plain(1), "Row");
  EXPECT_EQ(std::decay_t<decltype(generic)>(generic)(1), "Row");
}

TEST(TypeName, KeepsTheTypesOfAFunctionAsArgument) {
  EXPECT_EQ((detail::type_name<market::Page<int (*)(market::One)>>()).substr(0, 9), "Page<int ");
  EXPECT_EQ((detail::type_name<market::Page<int (*)(market::One)>>()).substr(9), "(*)(One)>");
}

TEST(Reflect, ReadsAndWritesAModelThatIsLocalToAFunction) {
  struct Row {
    int id;
    Field<std::string, min_length(1)> name;
  };
  EXPECT_EQ(encode_json(decode_json<Row>(R"({"id":1,"name":"a"})")), R"({"id":1,"name":"a"})");
  EXPECT_EQ(names_of<Row>(), (Names{"id", "name"}));
}

TEST(TypeName, CallsAStringString) { EXPECT_EQ(detail::type_name<market::Page<std::string>>(), "Page<string>"); }

TEST(FullTypeName, KeepsNamespaces) {
  EXPECT_EQ(detail::full_type_name<market::Outer::Inner>(), "market::Outer::Inner");
  EXPECT_EQ(detail::full_type_name<market::Page<market::One>>(), "market::Page<market::One>");
}

}  // namespace reflect_test

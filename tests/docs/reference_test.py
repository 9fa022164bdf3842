# SPDX-License-Identifier: MIT
"""Tests which pages scripts/generate-reference writes and which comments it reports."""
import pathlib
import subprocess
import tempfile
import unittest

GENERATE = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "generate-reference"

HEADER = """// SPDX-License-Identifier: MIT
// A header.
#pragma once
namespace serval {
class Forward;
namespace detail {
/// Not for programs.
struct Hidden { int x = 0; };
}  // namespace detail
namespace http {
/// How a shop is open.
enum class Hours : std::uint8_t { day, night };
/// The options of a shop.
struct ShopOptions {
  /// Seats. Default 2 KiB; 0: no limit.
  std::size_t max_bytes = 2 * 1024;
  /// How long it waits. Default 1.5 s; 0: for ever.
  std::chrono::milliseconds wait{1'500};
  std::function<std::string(const Forward& f)> name{};  ///< what | it is called
  Hours hours = Hours::day;  ///< when it is open
};
}  // namespace http
/// A shop of `T`.
/// Errors: none.
template <class T>
class Shop : public Base<T> {
 public:
  Shop() = default;
  Shop(const Shop&) = delete;
  explicit Shop(T value) : value_{std::move(value)}, open_(true) {}
  ~Shop();
  /// Opens it: `shop.open(1)`.
  ///
  /// ```
  /// shop.open(1);
  /// ```
  [[nodiscard]] constexpr bool open(int hour, std::string_view door = "front") const noexcept { return hour > door_; }
  /// For the library, which builds shops.
  void add(int x);
  void clear();

  [[nodiscard]] bool operator()(int x) const;

 private:
  T value_{};
  int door_ = 0;
};
/// Makes a shop.
[[nodiscard]] Shop<int> make_shop(std::span<const int> xs);
template <class T>
using Alias = detail::Parameter<detail::Source::path, T>;
}  // namespace serval
"""


class Reference(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.write("include/serval/server/shop.hpp", HEADER)
        self.write("include/serval/serval.hpp", "#include <serval/server/shop.hpp>\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def generate(self, *arguments):
        """Returns the printed lines, and whether the script succeeded."""
        run = subprocess.run([GENERATE, *arguments, self.root], capture_output=True, text=True, check=False)
        self.assertEqual(run.stderr, "")
        return run.stdout.splitlines(), run.returncode == 0

    def page(self, name):
        self.generate()
        return (self.root / "docs" / "reference" / name).read_text()

    def change(self, old, new):
        self.assertIn(old, HEADER)
        self.write("include/serval/server/shop.hpp", HEADER.replace(old, new))


class Options(Reference):
    def test_stand_in_a_table_in_their_order_with_defaults(self):
        rows = [line for line in self.page("options.md").splitlines() if line.startswith("| `")]
        self.assertEqual(rows, [
            "| `max_bytes` | `std::size_t` | 2 KiB | Seats. Default 2 KiB; 0: no limit. |",
            "| `wait` | `std::chrono::milliseconds` | 1.5 s | How long it waits. Default 1.5 s; 0: for ever. |",
            "| `name` | `std::function<std::string(const Forward& f)>` | none | What \\| it is called |",
            "| `hours` | `Hours` | `Hours::day` | When it is open |"])

    def test_are_headed_by_their_namespace_and_header(self):
        self.assertIn("## http::ShopOptions\n\n`struct ShopOptions` in `<serval/serval.hpp>`\n", self.page("options.md"))

    def test_follow_a_changed_namespace(self):
        self.change("namespace http {", "namespace web {")
        self.assertIn("## web::ShopOptions", self.page("options.md"))

    def test_must_have_a_comment(self):
        self.change("  ///< when it is open", "")
        self.assertEqual(self.generate(), (["include/serval/server/shop.hpp:20: ShopOptions::hours has no doc comment"],
                                           False))

    def test_must_say_what_0_means(self):
        self.change("; 0: for ever", "")
        self.assertEqual(self.generate(), (["include/serval/server/shop.hpp:18: ShopOptions::wait does not say what 0 means"],
                                           False))

    def test_must_not_state_another_default(self):
        self.change("Default 1.5 s", "Default 2 s")
        self.assertEqual(self.generate(), (["include/serval/server/shop.hpp:18: ShopOptions::wait has the default 1.5 s, "
                                            "but its comment states another one"], False))


class Classes(Reference):
    def test_show_public_members_of_programs(self):
        text = self.page("application.md")
        members = [line for line in text[text.index("## Shop"):].splitlines() if line.startswith("- ")]
        self.assertEqual(members, [
            "- `explicit Shop(T value)`",
            "- `bool open(int hour, std::string_view door = \"front\") const`",
            "- `bool operator()(int x) const`",
            "- `Shop<int> make_shop(std::span<const int> xs)` in `<serval/serval.hpp>`",
            "- `Alias<T>` in `<serval/serval.hpp>`"])

    def test_show_coroutines_by_the_name_that_programs_use(self):
        self.change("bool operator()(int x)", "detail::Task<int> wait()")
        self.assertIn("- `Task<int> wait() const`\n", self.page("application.md"))

    def test_keep_code_of_comments(self):
        self.assertIn("  Opens it: `shop.open(1)`.\n\n  ```text\n  shop.open(1);\n  ```\n", self.page("application.md"))

    def test_label_what_comments_say_of_errors(self):
        self.assertIn("A shop of `T`. **Errors:** none.\n", self.page("application.md"))

    def test_leave_out_what_is_not_for_programs(self):
        self.assertNotIn("Hidden", self.page("application.md"))

    def test_must_have_a_comment(self):
        self.change("/// How a shop is open.\n", "")
        self.assertIn("Hours has no doc comment", self.generate()[0][0])


class Check(Reference):
    def test_passes_where_pages_are_up_to_date(self):
        self.generate()
        self.assertEqual(self.generate("--check"), ([], True))

    def test_names_a_page_that_is_out_of_date(self):
        self.generate()
        self.change("Makes a shop.", "Makes another shop.")
        self.assertEqual(self.generate("--check"),
                         (["docs/reference/application.md: out of date, run ./scripts/generate-reference"], False))

    def test_writes_nothing(self):
        self.generate("--check")
        self.assertFalse((self.root / "docs").exists())


if __name__ == "__main__":
    unittest.main()

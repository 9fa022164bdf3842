// SPDX-License-Identifier: MIT
// Converts an input to a C++ value by the descriptor of its type and collects all errors. Compiled once for all types:
// the templates of include/ only describe them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <serval/schema/errors.hpp>
#include <serval/schema/type.hpp>

#include "json/tape.hpp"
#include "schema/scalar_decode.hpp"
#include "types/fault.hpp"

namespace serval::detail {

/// The most members of a model, including those of its `Extends` members.
inline constexpr std::size_t max_model_members = 256;

/// Thrown if too many nested alternatives are tried: a malicious body can cause this.
struct TooManyAlternatives : std::runtime_error {
  TooManyAlternatives() : std::runtime_error("too many alternatives of variants were tried") {}
};

/// The most issues of a request, and the most bytes of input that they show together, so that a response is not many
/// times as large as the request. Further errors are not listed; further inputs are shown as null.
inline constexpr std::size_t max_issues = 1000;
inline constexpr std::size_t max_shown_input_bytes = 2 * 1024 * 1024;

/// The files of a form, by the text that represents each: a view of the bytes in the form.
class FileSource {
 public:
  virtual ~FileSource() = default;
  /// Null if the text does not represent a file.
  [[nodiscard]] virtual const void* find(std::string_view text) const = 0;
};

/// Fills an absent value with the `default_factory` among its rules; does nothing if that has no function. Errors:
/// exceptions of the function.
void make_default(const Type& type, const Rules& rules, void* value);

/// Reads values and appends their errors to a list of issues. Every `decode` returns whether the value is complete; an
/// incomplete value must not be used.
class Decoder {
 public:
  explicit Decoder(std::vector<schema::Issue>& issues) : issues_(&issues) {}

  /// Sets how many alternatives of variants may be tried: more for a larger input. Beyond it: TooManyAlternatives.
  void allow_alternatives_for(std::size_t input_bytes) noexcept { alternatives_left_ = 10'000 + 4 * input_bytes; }

  /// Sets the source of values of `Kind::upload`. Lifetime: until it is replaced. Default: none.
  void take_files_from(const FileSource* files) noexcept { files_ = files; }

  /// Enters the location of the next value in the input; texts must outlive the decoder's use of them.
  void enter(std::string_view name) { place_.push_back({name, -1}); }
  void enter(std::size_t index) { place_.push_back({{}, static_cast<std::int64_t>(index)}); }
  void leave() noexcept { place_.pop_back(); }

  /// A JSON value. `rules` are those of a parameter, null for none; the rules of a `Field` are in its type.
  bool decode(const Type& type, const Rules* rules, JsonValue value, void* out);
  /// One text from a path, query string, header, cookie or form.
  bool decode(const Type& type, const Rules* rules, std::string_view text, void* out);
  /// All texts given under one name: for lists and sets. REQUIRES: the type, optional removed, is one of them.
  bool decode(const Type& type, const Rules* rules, std::span<const std::string_view> texts, void* out);

  /// Adds an issue at the current location. `input` is JSON text.
  void report(Fault fault, std::string input);
  void report_missing(std::string input);
  /// Runs the model's own check on a complete object. `input` returns the input of a member by its wire name, and of
  /// the object for an empty name.
  bool run_check(const Model& model, const void* object, const std::function<std::string(std::string_view)>& input);
  /// Runs the function of `prepared_by`, if there is one, on a text before it is converted.
  bool prepare(const Rules& rules, std::string& text);
  /// Runs the functions of `validated_by` on a complete value.
  bool validate(const Rules& rules, void* value, const std::function<std::string()>& input);

  [[nodiscard]] std::vector<schema::Issue>& issues() noexcept { return *issues_; }

 private:
  struct Step {
    std::string_view name;
    std::int64_t index;  // -1: use `name`
  };
  /// Active while items of a set or keys of a map are read, at any depth: NaN equals nothing, not even itself, so that
  /// neither an order nor a hash can find it again.
  class OrderedScope {
   public:
    OrderedScope(Decoder& decoder, bool begins) noexcept : decoder_(decoder), before_(decoder.is_ordered_) {
      decoder_.is_ordered_ = before_ || begins;
    }
    ~OrderedScope() { decoder_.is_ordered_ = before_; }
    OrderedScope(const OrderedScope&) = delete;
    OrderedScope& operator=(const OrderedScope&) = delete;

   private:
    Decoder& decoder_;
    bool before_;
  };
  struct ElementContext;
  struct MapContext;
  struct SmartChoice;

  /// How well a value fits its type; this decides which alternative of a variant is chosen.
  struct Match {
    enum class Exactness : std::uint8_t { lax, strict, exact };
    Exactness exactness = Exactness::exact;
    bool has_members = false;
    std::size_t members = 0;  // number of model members in the input

    [[nodiscard]] bool is_perfect() const noexcept { return exactness == Exactness::exact && !has_members; }
    [[nodiscard]] bool is_better_than(const Match& other) const noexcept {
      if (has_members && other.has_members && members != other.members) return members > other.members;
      return exactness > other.exactness;
    }
    void add_members(std::size_t count) noexcept {
      has_members = true;
      members += count;
    }
    void limit(Exactness most) noexcept { exactness = most < exactness ? most : exactness; }
    void add(const Match& part) noexcept {
      limit(part.exactness);
      has_members = has_members || part.has_members;
      members += part.members;
    }
  };

  bool decode_value(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out);
  bool decode_scalar(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out);
  bool decode_sequence(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out);
  bool decode_array(const Type& type, Mode mode, JsonValue value, void* out);
  bool decode_map(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out);
  bool decode_tuple(const Type& type, Mode mode, JsonValue value, void* out);
  bool decode_model(const Model& model, JsonValue value, void* out, std::uint64_t* given);
  bool decode_custom(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out);
  bool decode_json(const Type& type, JsonValue value, void* out);
  bool decode_variant(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out);
  bool decode_tagged(const Type& type, std::string_view discriminator, JsonValue value, void* out);
  bool decode_smart(const Type& type, Mode mode, JsonValue value, void* out);
  bool decode_variant_text(const Type& type, std::string_view text, void* out);
  bool decode_custom_text(const Type& type, const Rules* rules, std::string_view text, void* out);

  bool accepts(const Type& type, const Rules* rules, const void* value, Fault& fault) const;
  bool decode_validated(const Type& type, const Rules& rules, std::string_view text, void* out);
  bool decode_validated(const Type& type, const Rules& rules, std::span<const std::string_view> texts, void* out);
  bool decode_validated(const Type& type, const Rules& rules, Mode mode, JsonValue value, void* out);

  static bool is_none(const Type& type) noexcept;
  void label_issues(std::size_t first, const Type& variant, const Type& alternative);
  static Match::Exactness exactness_of(const Type& type, JsonValue value) noexcept;
  bool check_items(const Type& type, const Rules* rules, std::size_t count, JsonValue value,
                   bool (*check)(const Type&, const Rules&, std::size_t, Fault&));
  void report_extras(const Model& model, JsonValue value);

  bool is_ordered_ = false;
  std::size_t alternatives_left_ = 1'000'000;
  std::size_t shown_bytes_ = 0;
  const FileSource* files_ = nullptr;
  std::vector<schema::Issue>* issues_;
  std::vector<Step> place_;
  Match match_;
};

/// The value as the `input` of an issue.
[[nodiscard]] std::string input_of(JsonValue value);
[[nodiscard]] std::string input_of(std::string_view text);
[[nodiscard]] std::string input_of(std::span<const std::string_view> texts);

/// The index of the model's member with that wire name, or `member_count`. `hint` is tried first.
[[nodiscard]] std::size_t find_member(const Model& model, std::string_view wire, std::size_t hint) noexcept;

/// The name of a union's branch in an issue's location: a model's name, `int`, `str`, `list[int]`, ...
[[nodiscard]] std::string type_label(const Type& type);

/// "Value error, <text>", the fault of a user's own conversion or check.
[[nodiscard]] Fault fault_value_error(std::string_view text);

}  // namespace serval::detail

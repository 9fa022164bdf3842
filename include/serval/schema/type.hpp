// SPDX-License-Identifier: MIT
// Descriptors: what the compiled engine knows about a C++ type. Templates build them as constants (type_of.hpp);
// decoding, validation, encoding and schema generation walk them and are compiled once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/schema/errors.hpp>
#include <serval/schema/model_config.hpp>
#include <serval/schema/rules.hpp>
#include <serval/schema/scalar_ops.hpp>

namespace serval {
namespace detail {

enum class Kind : std::uint8_t {
  boolean,
  integer,
  number,
  string,
  enumeration,
  literal,
  text,
  uuid,
  datetime,
  date,
  time,
  duration,
  json,
  optional,
  list,
  set,
  map,
  tuple,
  variant,
  model,
  partial,
  custom,
  upload,
};

struct Type;
struct Model;

/// Calls back with an element to fill in or to read; `context` is the engine's.
using Fill = bool (*)(void* context, void* element);
using Use = void (*)(void* context, const void* element);

struct OptionalOps {
  void* (*emplace)(void* optional);          // makes a value and returns its address
  const void* (*get)(const void* optional);  // null when empty
  void (*reset)(void* optional);
};

/// Lists, sets and arrays.
struct SequenceOps {
  void (*clear)(void* sequence);
  bool (*add)(void* sequence, void* context, Fill fill);  // adds one element if `fill` succeeds on it
  void (*each)(const void* sequence, void* context, Use use);
  std::size_t (*size)(const void* sequence);
  std::size_t fixed_size;                          // of std::array, which may be 0; means nothing for the others
  void* (*at)(void* sequence, std::size_t index);  // std::array only, null for the others

  [[nodiscard]] constexpr bool is_fixed() const { return at != nullptr; }
};

struct MapOps {
  void (*clear)(void* map);
  bool (*add)(void* map, void* context, Fill fill_key, Fill fill_value);
  void (*each)(const void* map, void* context, void (*use)(void* context, const void* key, const void* value));
  std::size_t (*size)(const void* map);
};

struct TupleOps {
  void* (*at)(void* tuple, std::size_t index);
};

struct VariantOps {
  void* (*emplace)(void* variant, std::size_t index);
  std::size_t (*index)(const void* variant);
  const void* (*get)(const void* variant);
  void (*with_spare)(void* context, void (*use)(void* context, void* spare));  // calls back with another variant
  void (*move)(void* to, void* from);                                          // from one variant to another
};

struct Enumerator {
  std::int64_t value;
  std::string_view name;
};
struct EnumerationOps {
  const Enumerator* enumerators;
  std::size_t count;
};

struct LiteralOps {
  const RuleValue* values;
  std::size_t count;
  void (*store)(void* literal, std::size_t index);
  std::size_t (*load)(const void* literal);
};

/// nlohmann's values, and types that convert themselves to and from them.
struct JsonOps {
  bool (*assign)(void* value, void* json, std::string& error);  // `json` is a serval::json that may be moved from
  void (*store)(void* json, const void* value);                 // into a serval::json that is null
  void (*append)(std::string& out, const void* value);          // as text; null: use the result of `store`
  bool any;                                                     // accepts every JSON value: no schema
};

/// A type that another type represents on the wire.
struct CustomOps {
  const Type* wire;
  // Makes a wire value, lets `fill` read it, converts it; a failed conversion leaves its reason in `error`.
  bool (*decode)(void* value, void* context, Fill fill, std::string& error);
  void (*encode)(const void* value, void* context, Use use);
  std::string_view schema;         // its JSON Schema as text; empty: that of `wire`
  std::string_view output_schema;  // for responses; empty: `schema`
};

/// Texts with a format and a separate C++ class (text_type.hpp); their operations are compiled in src/schema.
struct TextOps;

struct UploadOps {  // files of forms
  void (*assign)(void* value, const void* file);
  std::string_view (*name)(const void* value);
};

struct PartialOps {
  std::uint64_t* (*members)(void* partial);  // one bit per member: whether it was given
};

struct Type {
  Kind kind{};
  bool is_signed = false;              // integer, enumeration
  bool is_default = false;             // Default<T>: absence keeps the initialiser
  bool is_nullable = false;            // Nullable<T>: an optional that is required
  bool is_secret = false;              // Secret<T>: not shown in responses
  bool read_only = false;              // can be written to a response, not read from a request: string_view
  std::uint8_t bytes = 0;              // of an integer, number or enumeration
  std::string_view name{};             // of a model, an enumeration or a custom type
  std::string_view full_name{};        // with its namespaces, as the compiler writes them
  const Rules* rules = nullptr;        // of a Field
  const Type* element = nullptr;       // of optional, list, set, partial; the value of a map
  const Type* key = nullptr;           // of a map
  const Type* const* parts = nullptr;  // of tuple and variant
  std::size_t part_count = 0;
  const Model* model = nullptr;
  union Ops {
    const void* none = nullptr;
    const OptionalOps* optional;
    const SequenceOps* sequence;
    const MapOps* map;
    const TupleOps* tuple;
    const VariantOps* variant;
    const ScalarOps* scalar;
    const EnumerationOps* enumeration;
    const LiteralOps* literal;
    const JsonOps* json;
    const CustomOps* custom;
    const PartialOps* partial;
    const TextOps* text;
    const UploadOps* upload;
  } ops{};
  void (*mark_set)(void* holder) = nullptr;      // Default<T> only
  bool (*is_set)(const void* holder) = nullptr;  // Default<T> only

  /// Whether it may be absent without an error.
  [[nodiscard]] constexpr bool may_be_absent() const {
    return is_default || (kind == Kind::optional && !is_nullable) || has_default_factory();
  }
  [[nodiscard]] constexpr bool has_default_factory() const { return rules != nullptr && rules->has_default_factory; }
};

/// One member of a model.
struct Member {
  std::string_view name;    // in C++
  std::string_view wire;    // alias or name
  std::string_view output;  // in responses: serialization_alias or `wire`
  const Type* type;
  const void* address;  // in the model's ghost
  bool plain_output;    // needs no escape in JSON text
  bool excluded;        // from responses
};

/// A value from a member function that responses show in addition to a model's members.
struct ComputedMember {
  std::string_view wire;
  const Type* type;
  const void* address;  // of the object that has the function, in the model's ghost
  void (*with)(const void* object, void* context, Use use);
};

struct Model {
  std::string_view name;
  const Member* members;
  std::size_t member_count;
  const ComputedMember* computed;
  std::size_t computed_count;
  const void* ghost;
  ModelConfig config;
  void (*check)(const void* object, schema::Errors& errors);  // null if the model has none
  void (*with_default)(void* context, Use use);               // calls back with a default-constructed object

  [[nodiscard]] std::size_t offset(std::size_t member) const noexcept {
    return static_cast<std::size_t>(static_cast<const char*>(members[member].address) -
                                    static_cast<const char*>(ghost));
  }
  [[nodiscard]] void* at(void* object, std::size_t member) const noexcept {
    return static_cast<char*>(object) + offset(member);
  }
  [[nodiscard]] const void* at(const void* object, std::size_t member) const noexcept {
    return static_cast<const char*>(object) + offset(member);
  }
};

}  // namespace detail
}  // namespace serval

// SPDX-License-Identifier: MIT
// The few operations on a value that need a template: growing a list, accessing an optional. The compiled engine does
// everything else through these.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <serval/schema/type.hpp>

namespace serval::detail {

template <class O>
inline constexpr OptionalOps optional_ops{
    .emplace = [](void* optional) -> void* { return &static_cast<O*>(optional)->emplace(); },
    .get = [](const void* optional) -> const void* {
      const auto& value = *static_cast<const O*>(optional);
      return value.has_value() ? &*value : nullptr;
    },
    .reset = [](void* optional) { static_cast<O*>(optional)->reset(); },
};

template <class S>
concept AppendsInPlace = requires(S& sequence) {
  { sequence.emplace_back() } -> std::same_as<typename S::value_type&>;
  sequence.pop_back();
};

template <class S>
bool add_element(void* sequence, void* context, Fill fill) {
  S& target = *static_cast<S*>(sequence);
  if constexpr (AppendsInPlace<S>) {
    const bool filled = fill(context, &target.emplace_back());
    if (!filled) target.pop_back();
    return filled;
  } else {
    typename S::value_type element{};
    if (!fill(context, &element)) return false;
    target.insert(target.end(), std::move(element));
    return true;
  }
}

template <class S>
void each_element(const void* sequence, void* context, Use use) {
  for (const typename S::value_type& element : *static_cast<const S*>(sequence)) use(context, &element);
}

template <class S>
inline constexpr SequenceOps sequence_ops{
    .clear = [](void* sequence) { static_cast<S*>(sequence)->clear(); },
    .add = add_element<S>,
    .each = each_element<S>,
    .size = [](const void* sequence) -> std::size_t { return static_cast<const S*>(sequence)->size(); },
    .fixed_size = 0,
    .at = nullptr,
};

template <class A>
inline constexpr SequenceOps array_ops{
    .clear = nullptr,
    .add = nullptr,
    .each = each_element<A>,
    .size = [](const void*) -> std::size_t { return std::tuple_size<A>::value; },
    .fixed_size = std::tuple_size<A>::value,
    .at = [](void* array, std::size_t index) -> void* { return &(*static_cast<A*>(array))[index]; },
};

template <class M>
inline constexpr MapOps map_ops{
    .clear = [](void* map) { static_cast<M*>(map)->clear(); },
    .add =
        [](void* map, void* context, Fill fill_key, Fill fill_value) {
          typename M::key_type key{};
          typename M::mapped_type value{};
          // Both are read even if the first fails: each reports its own errors.
          const bool key_filled = fill_key(context, &key);
          const bool filled = fill_value(context, &value) && key_filled;
          if (filled) static_cast<M*>(map)->insert_or_assign(std::move(key), std::move(value));
          return filled;
        },
    .each =
        [](const void* map, void* context, void (*use)(void*, const void*, const void*)) {
          for (const auto& [key, value] : *static_cast<const M*>(map)) use(context, &key, &value);
        },
    .size = [](const void* map) -> std::size_t { return static_cast<const M*>(map)->size(); },
};

template <class T, std::size_t... I>
void* tuple_at(T& tuple, std::size_t index, std::index_sequence<I...>) {
  using std::get;
  void* found = nullptr;
  static_cast<void>(((I == index ? (found = &get<I>(tuple), true) : false) || ...));
  return found;
}

template <class T>
inline constexpr TupleOps tuple_ops{[](void* tuple, std::size_t index) -> void* {
  return tuple_at(*static_cast<T*>(tuple), index, std::make_index_sequence<std::tuple_size<T>::value>{});
}};

template <class V, std::size_t... I>
void* emplace_alternative(V& variant, std::size_t index, std::index_sequence<I...>) {
  void* made = nullptr;
  static_cast<void>(((I == index ? (made = &variant.template emplace<I>(), true) : false) || ...));
  return made;
}

template <class V>
inline constexpr VariantOps variant_ops{
    .emplace = [](void* variant, std::size_t index) -> void* {
      return emplace_alternative(*static_cast<V*>(variant), index,
                                 std::make_index_sequence<std::variant_size<V>::value>{});
    },
    .index = [](const void* variant) -> std::size_t { return static_cast<const V*>(variant)->index(); },
    .get = [](const void* variant) -> const void* {
      using std::visit;
      return visit([](const auto& value) -> const void* { return &value; }, *static_cast<const V*>(variant));
    },
    .with_spare =
        [](void* context, void (*use)(void* context, void* spare)) {
          V spare{};
          use(context, &spare);
        },
    .move = [](void* to, void* from) { *static_cast<V*>(to) = std::move(*static_cast<V*>(from)); },
};

/// `C` is the form the engine works with; `store` and `load` convert. For the types of dates and times.
template <class T, class C, bool (*ToCanonical)(const T&, C&), Fit (*FromCanonical)(const C&, T&),
          const TickType* Ticks>
inline constexpr ScalarOps scalar_ops{
    .store = [](void* value, const void* canonical) -> Fit {
      return FromCanonical(*static_cast<const C*>(canonical), *static_cast<T*>(value));
    },
    .load = [](const void* value, void* canonical) -> bool {
      return ToCanonical(*static_cast<const T*>(value), *static_cast<C*>(canonical));
    },
    .ticks = Ticks,
};

template <class T, class Wire, auto FromWire, auto ToWire>
constexpr CustomOps make_custom_ops(const Type* wire, std::string_view schema, std::string_view output_schema) {
  return {
      .wire = wire,
      .decode =
          [](void* value, void* context, Fill fill, std::string& error) {
            Wire carried{};
            if (!fill(context, &carried)) return false;
            try {
              *static_cast<T*>(value) = FromWire(std::as_const(carried));
              return true;
            } catch (const std::logic_error& fault) {  // other exceptions are not errors of the value
              error = fault.what();
              return false;
            }
          },
      .encode =
          [](const void* value, void* context, Use use) {
            const Wire carried = ToWire(*static_cast<const T*>(value));
            use(context, &carried);
          },
      .schema = schema,
      .output_schema = output_schema,
  };
}

}  // namespace serval::detail

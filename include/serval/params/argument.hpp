// SPDX-License-Identifier: MIT
// From the type of a handler's argument to its specification and its storage during a call.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

#include <serval/handler/stopping.hpp>
#include <serval/params/declared.hpp>
#include <serval/params/own_argument.hpp>
#include <serval/params/spec.hpp>
#include <serval/params/state.hpp>
#include <serval/schema/type_of.hpp>

namespace serval {

namespace detail {

/// Whether a value of that type refers to text that it does not own.
constexpr bool holds_view(const Type& type) {
  if (type.kind == Kind::string) return type.read_only;
  return (type.kind == Kind::optional || type.kind == Kind::list || type.kind == Kind::set) &&
         holds_view(*type.element);
}

template <class T>
struct ParameterTraits {
  static constexpr bool is_parameter = false;
};
template <Source S, class T, Arg... Args>
struct ParameterTraits<Parameter<S, T, Args...>> {
  static constexpr bool is_parameter = true;
  static constexpr ParameterSpec spec(std::string_view member_name, const void* address) {
    static_assert(!holds_view(type_of<T>),
                  "serval: a parameter cannot be a std::string_view, which could dangle; make it a std::string");
    static_assert(
        validators_fit<T, Args...>,
        "serval: the type of this parameter does not fit a function of its rules: the function of validated_by must "
        "take this type, that of prepared_by must take a text, that of default_factory must return this type");
    constexpr const Rules& rules = rules_of<Args...>;
    require_fitting_rules<rule_fit(type_of<T>, rules)>();
    return {.source = S,
            .name = rules.name.empty() ? member_name : rules.name,
            .type = &type_of<T>,
            .rules = &rules,
            .address = address,
            .with_value = with_value()};
  }

 private:
  static constexpr auto with_value() -> void (*)(void*, void (*)(void*, void*)) {
    if constexpr (has_default<Args...>) {
      return [](void* context, void (*use)(void*, void*)) {
        T value{};
        use(context, &value);
      };
    } else {
      return nullptr;
    }
  }
};

/// A struct whose members are all parameters: one argument that groups them.
template <class... Ms>
constexpr bool all_parameters(const Members<Ms...>*) {
  return sizeof...(Ms) > 0 && (ParameterTraits<Ms>::is_parameter && ...);
}
template <class... Ms>
constexpr bool any_parameter(const Members<Ms...>*) {
  return (ParameterTraits<Ms>::is_parameter || ...);
}

template <class T>
constexpr bool is_gathered() {
  if constexpr (std::is_class_v<T> && std::is_aggregate_v<T> && !WrapperType<T>::known && !HasConvert<T>) {
    constexpr const MembersOf<T>* members = nullptr;
    static_assert(all_parameters(members) || !any_parameter(members),
                  "serval: this struct mixes parameters (Path, Query, ...) with plain members; a handler's argument is "
                  "either a body, whose members are plain, or a group of parameters");
    return all_parameters(members);
  } else {
    return false;
  }
}

template <class T>
struct GatheredSpec {
  static constexpr std::size_t count = member_count<T>;

  static constexpr std::array<ParameterSpec, count> make() {
    return make_all(std::make_index_sequence<count>{}, static_cast<const MembersOf<T>*>(nullptr));
  }

 private:
  template <std::size_t... I, class... Ms>
  static constexpr std::array<ParameterSpec, count> make_all(std::index_sequence<I...>, const Members<Ms...>*) {
    return {ParameterTraits<Ms>::spec(member_name<T, I>, ghost_members<T>().addresses[I])...};
  }
};

template <class T>
inline constexpr auto gathered_parameters = GatheredSpec<T>::make();
template <class T>
inline constexpr ParameterSpec own_parameter = ParameterTraits<T>::spec({}, nullptr);
template <class T>
inline constexpr ParameterSpec body_parameter{.source = Source::body,
                                              .name = {},
                                              .type = &type_of<T>,
                                              .rules = &rules_of<>,
                                              .address = nullptr,
                                              .with_value = nullptr};

/// How an argument of type `A` is stored and filled. The slot of a value is the value; the slot of a reference is a
/// pointer.
template <class A>
struct ArgumentTraits {
  using Value = std::remove_cvref_t<A>;
  using Slot = Value;
  static_assert(require_complete<Value>());
  static_assert(!std::is_same_v<Value, Request> && !std::is_same_v<Value, Response> &&
                    !std::is_same_v<Value, BackgroundTasks>,
                "serval: Request, Response and BackgroundTasks are taken by reference: Request&");
  static_assert(!std::is_lvalue_reference_v<A> || std::is_const_v<std::remove_reference_t<A>>,
                "serval: a handler takes its parameters by value or const reference; only Request&, Response& and "
                "BackgroundTasks& are taken by reference; take objects that handlers share as State<T>");

  static constexpr ArgumentSpec spec() {
    if constexpr (HasArgument<Value>) {
      static_assert(std::is_default_constructible_v<Value> && std::is_move_assignable_v<Value>,
                    "serval: a type with serval::Argument must be default-constructible and assignable");
      return {.fill = &fill_from_request, .sees_request = true};
    } else if constexpr (ParameterTraits<Value>::is_parameter) {
      return {.parameters = &own_parameter<Value>, .parameter_count = 1};
    } else if constexpr (is_gathered<Value>()) {
      return {.parameters = gathered_parameters<Value>.data(),
              .parameter_count = gathered_parameters<Value>.size(),
              .ghost = &ghost<Value>};
    } else {
      static_assert(
          !std::is_arithmetic_v<Value> && !std::is_enum_v<Value> && !std::is_convertible_v<Value, std::string_view>,
          "serval: this argument does not say where it comes from; declare it as Path<T, \"name\">, "
          "Query<T, \"name\">, Header<T, \"name\">, Cookie<T, \"name\">, Form<T, \"name\">, File<T, \"name\">, "
          "Body<T>, State<T> or Depends<function>");
      return {.parameters = &body_parameter<Value>, .parameter_count = 1};
    }
  }
  static Value&& get(Slot& slot) { return std::move(slot); }

 private:
  static void fill_from_request(http::Exchange& exchange, void* slot) {
    *static_cast<Value*>(slot) = Argument<Value>::from(exchange.request);
  }
};

template <class T, Arg... Name>
struct ArgumentTraits<State<T, Name...>> {
  using Slot = std::optional<State<T, Name...>>;
  static constexpr ArgumentSpec spec() { return {.state = &state_type<T, Name...>}; }
  static State<T, Name...>& get(Slot& slot) { return *slot; }  // a coroutine's reference parameter refers to it
};
template <class T, Arg... Name>
struct ArgumentTraits<const State<T, Name...>&> : ArgumentTraits<State<T, Name...>> {};

template <>
struct ArgumentTraits<Stopping> {
  using Slot = Stopping;
  static constexpr ArgumentSpec spec() { return {.fill = &fill}; }
  static Stopping& get(Slot& slot) { return slot; }  // as above

 private:
  static void fill(http::Exchange& exchange, void* slot) {
    if (exchange.stopping != nullptr) *static_cast<Stopping*>(slot) = *exchange.stopping;
  }
};
template <>
struct ArgumentTraits<const Stopping&> : ArgumentTraits<Stopping> {};

template <class T, T& (*Find)(http::Exchange&)>
struct ReferenceArgument {
  using Slot = T*;
  static constexpr ArgumentSpec spec() { return {.fill = &fill, .sees_request = std::is_same_v<T, Request>}; }
  static T& get(Slot slot) { return *slot; }

 private:
  static void fill(http::Exchange& exchange, void* slot) { *static_cast<T**>(slot) = &Find(exchange); }
};

inline Request& find_request(http::Exchange& exchange) { return exchange.request; }
inline Response& find_response(http::Exchange& exchange) { return exchange.response; }
inline BackgroundTasks& find_background(http::Exchange& exchange) { return exchange.background; }

template <>
struct ArgumentTraits<Request&> : ReferenceArgument<Request, find_request> {};
template <>
struct ArgumentTraits<const Request&> : ReferenceArgument<Request, find_request> {};
template <>
struct ArgumentTraits<Response&> : ReferenceArgument<Response, find_response> {};
template <>
struct ArgumentTraits<BackgroundTasks&> : ReferenceArgument<BackgroundTasks, find_background> {};

template <class... As>
inline constexpr ArgumentSpec argument_specs[] = {ArgumentTraits<As>::spec()..., ArgumentSpec{}};

}  // namespace detail
}  // namespace serval

// SPDX-License-Identifier: MIT
// A model's own check, and those of the models that it extends.
#pragma once

#include <serval/schema/errors.hpp>
#include <serval/schema/model_members.hpp>

namespace serval::detail {

template <class T>
concept HasCheck = requires(const T& object, schema::Errors& errors) {
  T::check(object, errors);
};

template <class T>
constexpr bool is_checked();

template <class M>
constexpr bool is_base_checked() {
  if constexpr (MemberTraits<M>::extends) {
    return is_checked<typename MemberTraits<M>::Base>();
  } else {
    return false;
  }
}

template <class... Ms>
constexpr bool is_any_base_checked(const Members<Ms...>*) {
  return (false || ... || is_base_checked<Ms>());
}

/// Whether a model or one of those it extends has a check.
template <class T>
constexpr bool is_checked() {
  if constexpr (HasCheck<T>) {
    return true;
  } else if constexpr (std::is_aggregate_v<T>) {
    return is_any_base_checked(static_cast<const MembersOf<T>*>(nullptr));
  } else {
    return false;
  }
}

template <class T>
void run_checks(const T& object, schema::Errors& errors);

template <class M>
void run_base_check(const M& member, schema::Errors& errors) {
  if constexpr (MemberTraits<M>::extends)
    run_checks(static_cast<const typename MemberTraits<M>::Base&>(member), errors);
}

/// The checks of the models that `T` extends, then its own.
template <class T>
void run_checks(const T& object, schema::Errors& errors) {
  if constexpr (std::is_aggregate_v<T>) {
    with_members<member_count<T>>(object, [&](const auto&... each) { (run_base_check(each, errors), ...); });
  }
  if constexpr (HasCheck<T>) T::check(object, errors);
}

template <class T>
constexpr auto check_of() -> void (*)(const void*, schema::Errors&) {
  if constexpr (is_checked<T>()) {
    return [](const void* object, schema::Errors& errors) { run_checks(*static_cast<const T*>(object), errors); };
  } else {
    return nullptr;
  }
}

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
// The descriptor of a model: its members, its check, its settings.
#pragma once

#include <concepts>

#include <serval/schema/computed.hpp>
#include <serval/schema/model_check.hpp>
#include <serval/schema/model_members.hpp>

namespace serval::detail {

template <class T>
concept HasModelConfig = requires {
  { T::model_config } -> std::convertible_to<ModelConfig>;
};
template <class T>
constexpr ModelConfig config_of() {
  if constexpr (HasModelConfig<T>) {
    return T::model_config;
  } else {
    return {};
  }
}

template <class T>
inline constexpr Model model_of{
    .name = type_name<T>(),
    .members = model_members<T>.data(),
    .member_count = model_members<T>.size(),
    .computed = computed_members_of<T>.data(),
    .computed_count = computed_members_of<T>.size(),
    .ghost = &ghost<T>,
    .config = config_of<T>(),
    .check = check_of<T>(),
    .with_default =
        [](void* context, Use use) {
          const T object{};
          use(context, &object);
        },
};

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
#include "openapi/deep_merge.hpp"

namespace serval::openapi {

void deep_merge(json& target, const json& update) {
  for (const auto& [key, value] : update.items()) {
    const auto found = target.find(key);
    if (found == target.end()) {
      target[key] = value;
    } else if (found->is_object() && value.is_object()) {
      deep_merge(*found, value);
    } else if (found->is_array() && value.is_array()) {
      found->insert(found->end(), value.begin(), value.end());
    } else {
      *found = value;
    }
  }
}

}  // namespace serval::openapi

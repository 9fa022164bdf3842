// SPDX-License-Identifier: MIT
#include "schema/variant_tag.hpp"

#include "schema/decoder.hpp"

namespace serval::detail {

const Type* find_tag(const Type& alternative, std::string_view discriminator) noexcept {
  if (alternative.model == nullptr) return nullptr;
  const Model& model = *alternative.model;
  const std::size_t index = find_member(model, discriminator, 0);
  if (index == model.member_count || model.members[index].type->kind != Kind::literal) return nullptr;
  return model.members[index].type;
}

std::string_view discriminator_of(const Type& type, const Rules* rules) noexcept {
  if (rules != nullptr && !rules->discriminator.empty()) return rules->discriminator;
  return type.rules != nullptr ? type.rules->discriminator : std::string_view();
}

}  // namespace serval::detail

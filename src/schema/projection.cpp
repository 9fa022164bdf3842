// SPDX-License-Identifier: MIT
#include "schema/projection.hpp"

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <serval/schema/codec.hpp>

#include "schema/decoder.hpp"
#include "schema/encoder.hpp"

namespace serval::detail {

namespace {

using UseSource = std::function<void(const Type& type, const void* value)>;
using UseMember = std::function<void(const Type& type, const void* value, bool is_set)>;

bool is_model(const Type& type) { return type.kind == Kind::model || type.kind == Kind::partial; }
bool is_items(const Type& type) { return type.kind == Kind::list || type.kind == Kind::set; }

/// Walks a value and a target side by side.
class Projection {
 public:
  void fill(const Type& from, const void* value, const Type& to, void* out) {
    if (to.kind == Kind::variant) return fill_variant(from, value, to, out);
    if (is_carried(from) && !(from.kind == Kind::optional && from.ops.optional->get(value) == nullptr))
      return open(from, value, [&](const Type& type, const void* held) { fill(type, held, to, out); });
    if (to.kind == Kind::optional) return fill_optional(from, value, to, out);
    if (to.kind == Kind::custom) return fill_custom(from, value, to, out);
    if (is_model(to) && has_members(from, value)) return fill_model(from, value, to, out);
    if (is_items(to) && has_items(from, value)) return fill_items(from, value, to, out);
    if (to.kind == Kind::map && from.kind == Kind::map) return fill_map(from, value, to, out);
    if (to.kind == Kind::tuple && from.kind == Kind::tuple && to.part_count == from.part_count)
      return fill_tuple(from, value, to, out);
    if (to.kind == Kind::number && from.kind == Kind::number) return fill_number(from, value, to, out);
    if (from.kind == Kind::json) return fill_from_json(*static_cast<const json*>(value), to, out);
    fill_by_text(from, value, to, out);
  }

 private:
  /// Whether a value stands for another one.
  static bool is_carried(const Type& type) {
    return type.kind == Kind::optional || type.kind == Kind::variant || type.kind == Kind::custom ||
           (type.kind == Kind::json && type.ops.json != &json_value_ops);
  }
  static void open(const Type& from, const void* value, const UseSource& use) {
    if (from.kind == Kind::optional) return use(*from.element, from.ops.optional->get(value));
    if (from.kind == Kind::variant) {
      const void* held = from.ops.variant->get(value);
      return use(*from.parts[from.ops.variant->index(value)], held);
    }
    if (from.kind == Kind::json) {
      json converted;
      from.ops.json->store(&converted, value);
      return use(type_of<json>, &converted);
    }
    std::pair<const UseSource&, const Type&> context{use, *from.ops.custom->wire};
    from.ops.custom->encode(value, &context, [](void* raw, const void* carried) {
      const auto& c = *static_cast<std::pair<const UseSource&, const Type&>*>(raw);
      c.first(c.second, carried);
    });
  }

  static bool has_members(const Type& from, const void* value) {
    return is_model(from) || from.kind == Kind::map ||
           (from.kind == Kind::json && static_cast<const json*>(value)->is_object());
  }
  static bool has_items(const Type& from, const void* value) {
    return is_items(from) || (from.kind == Kind::json && static_cast<const json*>(value)->is_array());
  }
  static bool is_null(const Type& from, const void* value) {
    if (from.kind == Kind::text) return from.ops.text == &none_ops;
    return from.kind == Kind::optional || (from.kind == Kind::json && static_cast<const json*>(value)->is_null());
  }

  void fill_optional(const Type& from, const void* value, const Type& to, void* out) {
    if (is_null(from, value)) return to.ops.optional->reset(out);
    fill(from, value, *to.element, to.ops.optional->emplace(out));
  }

  void fill_custom(const Type& from, const void* value, const Type& to, void* out) {
    std::function<void(void*)> read = [&](void* wire) { fill(from, value, *to.ops.custom->wire, wire); };
    std::string error;
    if (!to.ops.custom->decode(out, &read, call, error)) refuse_value(fault_value_error(error));
  }

  // An alternative of the same model first, then the one that a request's body would choose, then any that fits.
  void fill_variant(const Type& from, const void* value, const Type& to, void* out) {
    if (is_carried(from) && !(from.kind == Kind::optional && from.ops.optional->get(value) == nullptr))
      return open(from, value, [&](const Type& type, const void* held) { fill_variant(type, held, to, out); });
    for (std::size_t i = 0; i < to.part_count; ++i) {
      if (from.model != nullptr && to.parts[i]->model == from.model && to.parts[i]->kind == from.kind)
        return fill(from, value, *to.parts[i], to.ops.variant->emplace(out, i));
    }
    const std::vector<schema::Issue::Place> place = place_;
    try {
      return fill_by_text(from, value, to, out);
    } catch (const DecodeError&) {
      for (std::size_t i = 0; i < to.part_count; ++i) {
        place_ = place;
        try {
          return fill(from, value, *to.parts[i], to.ops.variant->emplace(out, i));
        } catch (const DecodeError&) {  // the next one
        }
      }
      place_ = place;
      throw;
    }
  }

  void fill_items(const Type& from, const void* value, const Type& to, void* out) {
    const SequenceOps& target = *to.ops.sequence;
    std::size_t index = 0;
    if (!target.is_fixed()) target.clear(out);
    each_item(from, value, [&](const Type& type, const void* item) {
      place_.emplace_back(static_cast<std::int64_t>(index));
      if (target.is_fixed() && index >= target.fixed_size)
        refuse_value({"too_long", "List has more items than the array", {}});
      if (target.is_fixed())
        fill(type, item, *to.element, target.at(out, index));
      else
        add_item(type, item, to, out);
      place_.pop_back();
      ++index;
    });
    if (target.is_fixed() && index < target.fixed_size)
      refuse_value({"too_short", "List has fewer items than the array", {}});
  }
  void add_item(const Type& from, const void* item, const Type& to, void* out) {
    std::function<void(void*)> read = [&](void* element) { fill(from, item, *to.element, element); };
    to.ops.sequence->add(out, &read, call);
  }
  static bool call(void* raw, void* element) {
    (*static_cast<std::function<void(void*)>*>(raw))(element);
    return true;
  }
  static void each_item(const Type& from, const void* value, const UseSource& use) {
    if (from.kind == Kind::json) {
      for (const json& item : *static_cast<const json*>(value)) use(type_of<json>, &item);
      return;
    }
    std::pair<const UseSource&, const Type&> context{use, *from.element};
    from.ops.sequence->each(value, &context, [](void* raw, const void* item) {
      const auto& c = *static_cast<std::pair<const UseSource&, const Type&>*>(raw);
      c.first(c.second, item);
    });
  }

  struct Entries {
    Projection& projection;
    const Type& from;
    const Type& to;
    void* out;
    const void* key;
    const void* mapped;
  };
  void fill_map(const Type& from, const void* value, const Type& to, void* out) {
    to.ops.map->clear(out);
    Entries entries{*this, from, to, out, nullptr, nullptr};
    from.ops.map->each(value, &entries, [](void* raw, const void* key, const void* mapped) {
      auto& e = *static_cast<Entries*>(raw);
      e.key = key;
      e.mapped = mapped;
      e.to.ops.map->add(e.out, raw, fill_key, fill_mapped);
    });
  }
  static bool fill_key(void* raw, void* key) {
    auto& e = *static_cast<Entries*>(raw);
    std::string text;
    encode_text(text, *e.from.key, e.key);
    Type plain = *e.to.key;
    plain.rules = nullptr;
    std::vector<schema::Issue> issues;
    Decoder decoder(issues);
    if (!decoder.decode(plain, nullptr, std::string_view(text), key)) e.projection.refuse_issue(issues.front());
    return true;
  }
  static bool fill_mapped(void* raw, void* mapped) {
    auto& e = *static_cast<Entries*>(raw);
    std::string name;
    encode_text(name, *e.from.key, e.key);
    e.projection.place_.emplace_back(std::move(name));
    e.projection.fill(*e.from.element, e.mapped, *e.to.element, mapped);
    e.projection.place_.pop_back();
    return true;
  }

  void fill_tuple(const Type& from, const void* value, const Type& to, void* out) {
    for (std::size_t i = 0; i < to.part_count; ++i) {
      place_.emplace_back(static_cast<std::int64_t>(i));
      fill(*from.parts[i], from.ops.tuple->at(const_cast<void*>(value), i), *to.parts[i], to.ops.tuple->at(out, i));
      place_.pop_back();
    }
  }

  /// Infinities and NaN stay what they are, though JSON cannot say them.
  static void fill_number(const Type& from, const void* value, const Type& to, void* out) {
    const double number =
        from.bytes == 4 ? static_cast<double>(*static_cast<const float*>(value)) : *static_cast<const double*>(value);
    if (to.bytes == 4)
      *static_cast<float*>(out) = static_cast<float>(number);
    else
      *static_cast<double*>(out) = number;
  }

  void fill_from_json(const json& value, const Type& to, void* out) {
    if (to.kind == Kind::number && value.is_number_float() && !std::isfinite(value.get<double>())) {
      const double number = value.get<double>();
      return fill_number(type_of<double>, &number, to, out);
    }
    if (to.kind != Kind::json) return fill_by_text(type_of<json>, &value, to, out);
    json copy = value;
    std::string error;
    if (!to.ops.json->assign(out, &copy, error)) refuse_value(fault_value_error(error));
  }

  void fill_model(const Type& from, const void* value, const Type& to, void* out) {
    const Model& model = *to.model;
    std::uint64_t* given = to.kind == Kind::partial ? to.ops.partial->members(out) : nullptr;
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      place_.emplace_back(std::string(member.output));
      bool found = false;
      with_member(from, value, member, [&](const Type& type, const void* held, bool is_set) {
        found = true;
        fill(type, held, *member.type, model.at(out, i));
        if (is_set && member.type->mark_set != nullptr) member.type->mark_set(model.at(out, i));
        if (given != nullptr) *given |= std::uint64_t{1} << i;
      });
      if (!found && given == nullptr) fill_absent(*member.type, member.excluded, model.at(out, i));
      place_.pop_back();
    }
    if (from.kind == Kind::json && model.check != nullptr && given == nullptr) check(model, out);
  }
  void fill_absent(const Type& type, bool is_excluded, void* out) {
    if (type.has_default_factory()) return make_default(type, *type.rules, out);
    if (!type.may_be_absent() && !is_excluded) refuse_value({"missing", "Field required", {}});
  }
  void check(const Model& model, const void* object) {
    schema::Errors errors;
    model.check(object, errors);
    if (!errors.empty()) refuse_value(fault_value_error(errors.entries().front().message));
  }

  /// Calls back with the source's member that answers show by that member's name, if it has one.
  static void with_member(const Type& from, const void* value, const Member& wanted, const UseMember& use) {
    if (is_model(from)) return with_model_member(from, value, wanted, use);
    if (from.kind == Kind::map) return with_map_entry(from, value, wanted, use);
    const json& object = *static_cast<const json*>(value);
    auto entry = object.find(std::string(wanted.output));
    if (entry == object.end()) entry = object.find(std::string(wanted.wire));
    if (entry != object.end()) use(type_of<json>, &*entry, true);
  }
  static void with_map_entry(const Type& from, const void* value, const Member& wanted, const UseMember& use) {
    struct Context {
      const Type& from;
      const Member& wanted;
      const UseMember& use;
    } context{from, wanted, use};
    from.ops.map->each(value, &context, [](void* raw, const void* key, const void* mapped) {
      const auto& c = *static_cast<const Context*>(raw);
      std::string name;
      encode_text(name, *c.from.key, key);
      if (name == c.wanted.output) c.use(*c.from.element, mapped, true);
    });
  }
  static void with_model_member(const Type& from, const void* value, const Member& wanted, const UseMember& use) {
    const Model& model = *from.model;
    const std::uint64_t* given =
        from.kind == Kind::partial ? from.ops.partial->members(const_cast<void*>(value)) : nullptr;
    for (const auto name : {&Member::output, &Member::wire, &Member::name}) {
      for (std::size_t i = 0; i < model.member_count; ++i) {
        const Member& member = model.members[i];
        const bool fits = name == &Member::name ? member.name == wanted.name : member.output == wanted.*name;
        if (!fits || member.excluded || (given != nullptr && ((*given >> i) & 1U) == 0)) continue;
        const void* held = model.at(value, i);
        return use(*member.type, held, given != nullptr || was_set(*member.type, held));
      }
      for (std::size_t i = 0; name == &Member::output && given == nullptr && i < model.computed_count; ++i) {
        if (model.computed[i].wire == wanted.output) return with_computed(model, model.computed[i], value, use);
      }
    }
  }
  static void with_computed(const Model& model, const ComputedMember& member, const void* object,
                            const UseMember& use) {
    std::pair<const UseMember&, const Type&> context{use, *member.type};
    const auto offset = static_cast<const char*>(member.address) - static_cast<const char*>(model.ghost);
    member.with(static_cast<const char*>(object) + offset, &context, [](void* raw, const void* made) {
      const auto& c = *static_cast<std::pair<const UseMember&, const Type&>*>(raw);
      c.first(c.second, made, true);
    });
  }
  static bool was_set(const Type& type, const void* value) {
    if (type.is_set != nullptr) return type.is_set(value);
    return type.kind != Kind::optional || type.is_nullable || type.ops.optional->get(value) != nullptr;
  }

  void fill_by_text(const Type& from, const void* value, const Type& to, void* out) {
    Type shown = from;
    if (to.is_secret) shown.is_secret = false;  // what takes it hides it as well
    std::string text;
    encode(text, shown, value, {});
    Type plain = to;
    plain.mark_set = nullptr;
    if (from.kind != Kind::json && to.kind != Kind::variant) plain.rules = nullptr;
    try {
      decode_text(text, plain, out);
    } catch (const DecodeError& error) {
      refuse_issue(error.issues().front());
    }
  }

  [[noreturn]] void refuse_value(Fault fault) const {
    schema::Issue issue;
    issue.type = fault.type;
    issue.msg = std::move(fault.msg);
    refuse_issue(std::move(issue));
  }
  [[noreturn]] void refuse_issue(schema::Issue issue) const {
    issue.loc.insert(issue.loc.begin(), place_.begin(), place_.end());
    throw DecodeError({std::move(issue)});
  }

  std::vector<schema::Issue::Place> place_;
};

}  // namespace

void project(const Type& from, const void* value, const Type& to, void* out) {
  Projection().fill(from, value, to, out);
}

}  // namespace serval::detail

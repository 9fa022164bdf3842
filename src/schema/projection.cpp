// SPDX-License-Identifier: MIT
#include "schema/projection.hpp"

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <serval/schema/codec.hpp>

#include "schema/constraints.hpp"
#include "schema/decoder.hpp"
#include "schema/encoder.hpp"
#include "schema/projection_source.hpp"
#include "schema/ruled_type.hpp"

namespace serval::detail {

namespace {

using FillValue = std::function<void(void* value)>;

/// Callback for the operations on types that fill an element.
bool call_fill(void* raw, void* value) {
  (*static_cast<FillValue*>(raw))(value);
  return true;
}

/// Walks a value and a target side by side.
class Projection {
 public:
  void fill(const Type& from, const void* value, const Type& to, void* out) {
    if (source::is_json(from)) return fill_from_json(*static_cast<const json*>(value), to, out);
    if (source::is_carried(from, value))
      return source::open(from, value, [&](const Type& type, const void* held) { fill(type, held, to, out); });
    if (to.kind == Kind::variant) return fill_variant(from, value, to, out);
    if (to.kind == Kind::optional) {
      if (is_empty(from)) return to.ops.optional->reset(out);
      return fill(from, value, *to.element, to.ops.optional->emplace(out));
    }
    if (to.kind == Kind::custom)
      return fill_custom(to, out, [&](void* wire) { fill(from, value, *to.ops.custom->wire, wire); });
    if (to.kind == Kind::tuple && from.kind == Kind::tuple && from.part_count == to.part_count)
      return fill_tuple(from, value, to, out);
    if (to.kind == Kind::number && from.kind == Kind::number) return fill_number(from, value, to, out);
    if (fill_members(from, value, to, out)) return;
    fill_by_text(from, value, to, out);
  }

 private:
  /// Strict rules also apply to the items and entries of their value.
  class ModeScope {
   public:
    ModeScope(Mode& mode, Mode within) noexcept : mode_(mode), before_(mode) { mode = within; }
    ~ModeScope() { mode_ = before_; }
    ModeScope(const ModeScope&) = delete;
    ModeScope& operator=(const ModeScope&) = delete;

   private:
    Mode& mode_;
    Mode before_;
  };

  static bool is_empty(const Type& from) {
    return from.kind == Kind::optional || (from.kind == Kind::text && from.ops.text == &none_ops);
  }

  /// A `json` must meet all rules of its target, in the order in which the decoder checks a request.
  void fill_from_json(const json& value, const Type& to, void* out) {
    if (calls_functions(to, to.rules)) return fill_validated(value, to, out);
    const ModeScope scope(mode_, to.rules != nullptr && to.rules->strict ? Mode::strict : mode_);
    const Type& from = type_of<json>;
    if (to.kind == Kind::variant) return fill_variant(from, &value, to, out);
    if (to.kind == Kind::optional) {
      if (value.is_null()) return to.ops.optional->reset(out);
      return fill_ruled(value, *to.element, to.rules, to.ops.optional->emplace(out));
    }
    if (to.kind == Kind::custom)
      return fill_custom(to, out, [&](void* wire) { fill_ruled(value, *to.ops.custom->wire, to.rules, wire); });
    if (to.kind == Kind::tuple && value.is_array()) return fill_tuple_from_json(value, to, out);
    if (to.kind == Kind::number && value.is_number_float() && !std::isfinite(value.get<double>()))
      return fill_infinity(value, to, out);
    if (to.kind == Kind::json) return assign_json_value(value, to, out);
    if (fill_members(from, &value, to, out)) return;
    fill_by_text(from, &value, to, out);
  }
  /// `rules`: those of the type around the target; may be null.
  void fill_ruled(const json& value, const Type& to, const Rules* rules, void* out) {
    if (rules == nullptr) return fill_from_json(value, to, out);
    const RuledType ruled(to, *rules);
    fill_from_json(value, ruled.type, out);
  }
  void fill_validated(const json& value, const Type& to, void* out) {
    const PlainType plain(to, *to.rules);
    std::vector<schema::Issue> issues;
    Decoder decoder(issues);
    if (to.rules->has_preparer && value.is_string()) {
      auto text = value.get<std::string>();
      if (decoder.prepare(*to.rules, text)) fill_from_json(json(std::move(text)), plain.type, out);
    } else {
      fill_from_json(value, plain.type, out);
    }
    refuse_first(issues);
    decoder.validate(*to.rules, out, [] { return std::string(); });
    refuse_first(issues);
  }
  void fill_infinity(const json& value, const Type& to, void* out) {
    const auto number = value.get<double>();
    fill_number(type_of<double>, &number, to, out);
    Fault fault;
    if (to.rules != nullptr && !check_scalar(to, *to.rules, out, fault)) refuse_value(std::move(fault));
  }
  void assign_json_value(const json& value, const Type& to, void* out) {
    json copy = value;
    std::string error;
    if (!to.ops.json->assign(out, &copy, error)) refuse_value(fault_value_error(error));
  }
  void fill_tuple_from_json(const json& value, const Type& to, void* out) {
    if (value.size() > to.part_count) refuse_value(fault_too_long("Tuple", to.part_count, value.size()));
    for (std::size_t i = 0; i < to.part_count; ++i) {
      place_.emplace_back(static_cast<std::int64_t>(i));
      if (i >= value.size()) refuse_value({.type = "missing", .msg = "Field required"});
      fill_from_json(value[i], *to.parts[i], to.ops.tuple->at(out, i));
      place_.pop_back();
    }
  }

  /// Fills a target with several values from a source with several values. False if one of them is not such a type.
  bool fill_members(const Type& from, const void* value, const Type& to, void* out) {
    if ((to.kind == Kind::model || to.kind == Kind::partial) && source::has_members(from, value))
      return fill_model(from, value, to, out), true;
    if ((to.kind == Kind::list || to.kind == Kind::set) && source::has_items(from, value))
      return fill_items(from, value, to, out), true;
    if (to.kind == Kind::map && source::has_entries(from, value)) return fill_map(from, value, to, out), true;
    return false;
  }

  void fill_custom(const Type& to, void* out, FillValue fill_wire) {
    std::string error;
    if (!to.ops.custom->decode(out, &fill_wire, call_fill, error)) refuse_value(fault_value_error(error));
  }

  // An alternative of the same model first, then the one that a request's body would choose, then any that fits.
  void fill_variant(const Type& from, const void* value, const Type& to, void* out) {
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
        } catch (const DecodeError&) {  // try the next one
        }
      }
      place_ = place;
      throw;
    }
  }

  void fill_items(const Type& from, const void* value, const Type& to, void* out) {
    const SequenceOps& target = *to.ops.sequence;
    const std::size_t count = source::item_count(from, value);
    const Rules* rules = source::is_json(from) ? to.rules : nullptr;
    // The length of a list is known in advance; a set grows only with new items.
    const bool is_set = to.kind == Kind::set;
    if (target.is_fixed() && count > target.fixed_size) refuse_value(fault_too_long("List", target.fixed_size, count));
    if (!target.is_fixed()) target.clear(out);
    if (!is_set) check_items(to, rules, count, check_max_items);
    std::size_t index = 0;
    source::each_item(from, value, [&](const Type& type, const void* item) {
      place_.emplace_back(static_cast<std::int64_t>(index));
      FillValue fill_item = [&](void* element) { fill(type, item, *to.element, element); };
      if (target.is_fixed())
        fill_item(target.at(out, index));
      else
        target.add(out, &fill_item, call_fill);
      place_.pop_back();
      ++index;
      if (is_set) check_items(to, rules, target.size(out), check_max_items);
    });
    if (target.is_fixed() && count < target.fixed_size) refuse_value(fault_too_short("List", target.fixed_size, count));
    check_items(to, rules, target.size(out), check_min_items);
  }
  void check_items(const Type& to, const Rules* rules, std::size_t count,
                   bool (*check)(const Type&, const Rules&, std::size_t, Fault&)) const {
    Fault fault;
    if (rules != nullptr && !check(to, *rules, count, fault)) refuse_value(std::move(fault));
  }

  struct Entry {
    FillValue fill_key;
    FillValue fill_mapped;
  };
  void fill_map(const Type& from, const void* value, const Type& to, void* out) {
    const Rules* rules = source::is_json(from) ? to.rules : nullptr;
    Type key_type = *to.key;
    if (!source::is_json(from)) key_type.rules = nullptr;
    to.ops.map->clear(out);
    source::each_entry(from, value, [&](std::string_view key, const Type& type, const void* mapped) {
      place_.emplace_back(std::string(key));
      Entry entry{[&](void* target) { fill_key(key, key_type, target); },
                  [&](void* target) { fill(type, mapped, *to.element, target); }};
      to.ops.map->add(
          out, &entry, [](void* raw, void* target) { return call_fill(&static_cast<Entry*>(raw)->fill_key, target); },
          [](void* raw, void* target) { return call_fill(&static_cast<Entry*>(raw)->fill_mapped, target); });
      place_.pop_back();
    });
    check_items(to, rules, to.ops.map->size(out), check_max_items);
    check_items(to, rules, to.ops.map->size(out), check_min_items);
  }
  void fill_key(std::string_view text, const Type& to, void* out) {
    place_.emplace_back("[key]");
    std::vector<schema::Issue> issues;
    Decoder(issues).decode(to, nullptr, text, out);
    refuse_first(issues);
    place_.pop_back();
  }

  void fill_tuple(const Type& from, const void* value, const Type& to, void* out) {
    for (std::size_t i = 0; i < to.part_count; ++i) {
      place_.emplace_back(static_cast<std::int64_t>(i));
      fill(*from.parts[i], from.ops.tuple->at(const_cast<void*>(value), i), *to.parts[i], to.ops.tuple->at(out, i));
      place_.pop_back();
    }
  }

  /// Infinities and NaN are copied, although JSON cannot express them.
  static void fill_number(const Type& from, const void* value, const Type& to, void* out) {
    const double number =
        from.bytes == 4 ? static_cast<double>(*static_cast<const float*>(value)) : *static_cast<const double*>(value);
    if (to.bytes == 4)
      *static_cast<float*>(out) = static_cast<float>(number);
    else
      *static_cast<double*>(out) = number;
  }

  void fill_model(const Type& from, const void* value, const Type& to, void* out) {
    const ModeScope scope(mode_, Mode::lax);
    const Model& model = *to.model;
    std::uint64_t* given = to.kind == Kind::partial ? to.ops.partial->members(out) : nullptr;
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      place_.emplace_back(std::string(member.output));
      bool found = false;
      source::with_member(from, value, member, [&](const Type& type, const void* held, bool is_set) {
        found = true;
        fill(type, held, *member.type, model.at(out, i));
        if (is_set && member.type->mark_set != nullptr) member.type->mark_set(model.at(out, i));
        if (given != nullptr) *given |= std::uint64_t{1} << i;
      });
      if (!found && given == nullptr) fill_absent(*member.type, member.excluded, model.at(out, i));
      place_.pop_back();
    }
    if (source::is_json(from) && given == nullptr) check_model(model, out);
  }
  void fill_absent(const Type& type, bool is_excluded, void* out) {
    if (type.has_default_factory()) return make_default(type, *type.rules, out);
    if (!type.may_be_absent() && !is_excluded) refuse_value({.type = "missing", .msg = "Field required"});
  }
  void check_model(const Model& model, const void* object) const {
    std::vector<schema::Issue> issues;
    Decoder(issues).run_check(model, object, [](std::string_view) { return std::string(); });
    refuse_first(issues);
  }

  void fill_by_text(const Type& from, const void* value, const Type& to, void* out) {
    Type shown = from;
    if (to.is_secret) shown.is_secret = false;  // the target hides it as well
    std::string text;
    encode(text, shown, value, {});
    Type plain = to;
    plain.mark_set = nullptr;
    if (!source::is_json(from)) {
      if (to.kind != Kind::variant) plain.rules = nullptr;
    } else if (mode_ == Mode::strict) {
      Rules strict;
      strict.strict = true;
      return read_text(text, RuledType(plain, strict).type, out);
    }
    read_text(text, plain, out);
  }
  void read_text(std::string_view text, const Type& to, void* out) const {
    try {
      decode_text(text, to, out);
    } catch (const DecodeError& error) {
      refuse_issue(error.issues().front());
    }
  }

  void refuse_first(std::vector<schema::Issue>& issues) const {
    if (!issues.empty()) refuse_issue(std::move(issues.front()));
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

  Mode mode_ = Mode::lax;
  std::vector<schema::Issue::Place> place_;
};

}  // namespace

void project(const Type& from, const void* value, const Type& to, void* out) {
  Projection().fill(from, value, to, out);
}

}  // namespace serval::detail

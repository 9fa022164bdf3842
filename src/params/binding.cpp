// SPDX-License-Identifier: MIT
#include <serval/params/binding.hpp>

#include <algorithm>
#include <stdexcept>

#include <serval/base/error.hpp>
#include <serval/http/headers.hpp>
#include <serval/params/security_scopes.hpp>

#include "params/default_value.hpp"
#include "params/plan.hpp"
#include "params/state_table.hpp"
#include "schema/misplaced_rule.hpp"
#include "schema/scalar_decode.hpp"
#include "schema/type_parts.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view source_name(Source source) {
  constexpr std::string_view names[] = {"Path", "Query", "Header", "Cookie", "Body", "Form", "File"};
  return names[static_cast<std::size_t>(source)];
}

/// Whether one text, or several, can become a value of that type.
bool is_readable_from_text(const Type& declared, bool as_item) {
  const Type& type = without_optional(declared);
  if (is_scalar(type.kind) || type.kind == Kind::json) return true;
  if (type.kind == Kind::custom) return is_readable_from_text(*type.ops.custom->wire, as_item);
  if (type.kind == Kind::upload) return true;
  if (type.kind == Kind::variant) {
    return std::all_of(type.parts, type.parts + type.part_count,
                       [](const Type* part) { return is_readable_from_text(*part, true); });
  }
  return !as_item && (type.kind == Kind::list || type.kind == Kind::set) && is_readable_from_text(*type.element, true);
}

/// The first part of a type that `is_meant` holds for, or null.
template <class Test>
const Type* find_part(const Type& type, std::vector<const Type*>& seen, Test is_meant) {
  if (is_meant(type)) return &type;
  if (std::find(seen.begin(), seen.end(), &type) != seen.end()) return nullptr;  // a type may contain itself
  seen.push_back(&type);
  const auto first_of = [&](const Type* part) { return part != nullptr ? find_part(*part, seen, is_meant) : nullptr; };
  if (const Type* found = first_of(type.element)) return found;
  if (const Type* found = first_of(type.key)) return found;
  if (type.kind == Kind::custom) return first_of(type.ops.custom->wire);
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (const Type* found = first_of(type.parts[i])) return found;
  }
  if (type.kind != Kind::model) return nullptr;
  for (std::size_t i = 0; i < type.model->member_count; ++i) {
    if (const Type* found = first_of(type.model->members[i].type)) return found;
  }
  return nullptr;
}

bool is_file(const Type& leaf) { return leaf.kind == Kind::upload || leaf.kind == Kind::string; }

class Binder {
 public:
  Binder(const BindingContext& context) : context_(context) {}

  BoundParameter bind(const ParameterSpec& spec, std::size_t argument, const void* ghost) const {
    BoundParameter bound;
    bound.source = spec.source;
    bound.argument = argument;
    if (spec.address != nullptr) {
      bound.offset = static_cast<std::size_t>(static_cast<const char*>(spec.address) - static_cast<const char*>(ghost));
    }
    bound.type = spec.type;
    bound.rules = spec.rules;
    bound.wire = wire_name(spec);
    const Type& inner = without_optional(*spec.type);
    check_readable(spec, bound);
    if (spec.source == Source::body) {
      bound.is_embedded = !bound.wire.empty();
    } else {
      bound.is_group = spec.rules->name.empty() && spec.address == nullptr && inner.kind == Kind::model;
      bound.is_list = inner.kind == Kind::list || inner.kind == Kind::set;
      check_text_parameter(spec, bound);
    }
    if (bound.source == Source::path) bound.path_index = path_index(bound.wire);
    if (bound.is_group) bound.group_wires = group_wires(bound);
    check_rules(spec, bound);
    return bound;
  }

  [[nodiscard]] const std::shared_ptr<void>* state(const StateType& type) const {
    if (context_.states == nullptr) fail("State<T> needs an application");
    return context_.states->place_of(type);
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw SetupError(std::string(context_.route) + ": " + message, context_.where);
  }

  [[nodiscard]] std::string describe(const BoundParameter& bound) const {
    return std::string(source_name(bound.source)) + (bound.wire.empty() ? "" : " \"" + bound.wire + "\"");
  }

 private:
  static std::string wire_name(const ParameterSpec& spec) {
    if (!spec.rules->alias.empty()) return std::string(spec.rules->alias);
    std::string name(spec.name);
    if (spec.source == Source::header && !spec.rules->keep_underscores)
      std::replace(name.begin(), name.end(), '_', '-');
    return name;
  }

  /// Headers have hyphens where members have underscores; an alias is used unchanged.
  static std::vector<std::string> group_wires(const BoundParameter& group) {
    const Model& model = *group.type->model;
    std::vector<std::string> wires;
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      std::string& wire = wires.emplace_back(member.wire);
      const bool is_kept =
          group.rules->keep_underscores || (member.type->rules != nullptr && member.type->rules->keep_underscores);
      if (group.source == Source::header && member.wire == member.name && !is_kept)
        std::replace(wire.begin(), wire.end(), '_', '-');
    }
    return wires;
  }

  std::size_t path_index(const std::string& name) const {
    const auto& names = context_.path_names;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      fail("the handler takes Path \"" + name + "\", but the path has no {" + name + "}; rename one of them" +
           (names.empty() ? "" : " (the path has " + join_names() + ")"));
    }
    return static_cast<std::size_t>(found - names.begin());
  }

  std::string join_names() const {
    std::string out;
    for (std::string_view name : context_.path_names) out += (out.empty() ? "{" : ", {") + std::string(name) + "}";
    return out;
  }

  void check_readable(const ParameterSpec& spec, const BoundParameter& bound) const {
    const auto find = [&](bool (*is_meant)(const Type&)) {
      std::vector<const Type*> seen;
      return find_part(*spec.type, seen, is_meant);
    };
    if (!is_of_form(spec.source) && find([](const Type& type) { return type.kind == Kind::upload; }) != nullptr) {
      fail(describe(bound) +
           " has an UploadFile in it; files come in forms: take it as a File or in the struct of a Form");
    }
    const Type* found = find([](const Type& type) { return type.read_only; });
    if (found == nullptr) return;
    fail(describe(bound) + (found->kind == Kind::string
                                ? " has a std::string_view in it, which could dangle; make it a std::string"
                                : " has a type in it that can be written as JSON but not read; give it a from_json"));
  }

  void check_text_parameter(const ParameterSpec& spec, const BoundParameter& bound) const {
    if (bound.is_group) return check_group(spec, bound);
    if (bound.wire.empty()) fail(describe(bound) + " has no name; write it as the second template argument");
    if (spec.source == Source::file && !is_file(leaf_of(*spec.type))) {
      fail(describe(bound) + " is no file; use UploadFile, std::string for its bytes, or a list of them");
    }
    if (spec.source == Source::form && leaf_of(*spec.type).kind == Kind::upload) {
      fail(describe(bound) + " is a file; take it as File<UploadFile, \"" + bound.wire + "\">");
    }
    const bool single = spec.source == Source::path;
    if (!is_readable_from_text(*spec.type, single)) {
      fail(describe(bound) + " has a type that no text can be read into; " +
           (single ? "use a single value" : "use a single value, a list of them, or a struct without a name"));
    }
  }

  void check_group(const ParameterSpec& spec, const BoundParameter& bound) const {
    const Model& model = *without_optional(*spec.type).model;
    if (spec.source == Source::path) fail("a struct cannot be read from the path; take its members one by one");
    if (spec.source == Source::file)
      fail("a struct is no file; take it as a Form, with an UploadFile among its members");
    if (spec.type->kind == Kind::optional)
      fail(describe(bound) + " of a struct cannot be optional; make its members optional");
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      if (!is_readable_from_text(*member.type, false)) {
        fail("the member \"" + std::string(member.name) + "\" of " + std::string(model.name) +
             " cannot be read from text; use a single value or a list of them");
      }
    }
  }

  void check_rules(const ParameterSpec& spec, BoundParameter& bound) const {
    const std::string misplaced = find_misplaced_rule(*spec.type, *spec.rules);
    if (!misplaced.empty()) fail(describe(bound) + ": " + misplaced);
    if (!spec.rules->default_value && !spec.rules->has_default_factory) return;
    if (spec.source == Source::path) fail(describe(bound) + " has a default, but a path parameter is always there");
    if (!spec.rules->default_value) return;
    try {
      auto value = std::make_shared<const DefaultValue>(*spec.type, spec.rules->default_value);
      value->check(*spec.type, spec.with_value);
      bound.default_value = std::move(value);
    } catch (const std::logic_error& fault) {
      fail(describe(bound) + ": " + fault.what());
    }
  }

  const BindingContext& context_;
};

[[noreturn]] void fail_for_several_bodies(const Binder& binder) {
  binder.fail(
      "the handler takes several bodies; give each a name, so that they become members of one JSON object: "
      "Body<Item, \"item\">");
}

/// The handler and dependencies may all take the same whole body; different bodies are members of one object.
void check_bodies(const Binder& binder, const std::vector<const BoundParameter*>& parameters) {
  const BoundParameter* whole = nullptr;
  bool is_mixed = false;
  for (const BoundParameter* bound : parameters) {
    if (bound->source != Source::body || bound->is_embedded) continue;
    is_mixed = is_mixed || (whole != nullptr && whole->type != bound->type);
    whole = bound;
  }
  is_mixed = is_mixed || (whole != nullptr && std::any_of(parameters.begin(), parameters.end(), [](const auto* bound) {
                            return bound->source == Source::body && bound->is_embedded;
                          }));
  if (is_mixed) fail_for_several_bodies(binder);
  const auto form =
      std::find_if(parameters.begin(), parameters.end(), [](const auto* bound) { return is_of_form(bound->source); });
  const auto body = std::find_if(parameters.begin(), parameters.end(),
                                 [](const auto* bound) { return bound->source == Source::body; });
  if (form != parameters.end() && body != parameters.end()) {
    binder.fail("the handler takes " + binder.describe(**form) + " and " + binder.describe(**body) +
                "; a request has one body: take all of it as JSON or all as form fields");
  }
}

/// A streamed body can be read only once.
void check_body_streams(const Binder& binder, std::size_t streams, const std::vector<const BoundParameter*>& all) {
  if (streams == 0) return;
  if (streams > 1) {
    binder.fail(
        "the body has two consumers, since the handler and its dependencies take a BodyStream more than once; take it "
        "in "
        "one place");
  }
  const auto other =
      std::find_if(all.begin(), all.end(), [](const auto* bound) { return bound->source >= Source::body; });
  if (other != all.end()) {
    binder.fail("the body has two consumers, a BodyStream and " + binder.describe(**other) +
                "; take it as a stream or have it read, not both");
  }
}

BodyFormat body_format(const BoundParameter& last, const BindingContext& context) {
  if (last.source == Source::body) return context.body;
  return is_of_form(last.source) ? BodyFormat::form : BodyFormat::none;
}

void check_duplicates(const Binder& binder, const std::vector<BoundParameter>& parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const BoundParameter &a = parameters[i], &b = parameters[j];
      const bool same_name = a.source == Source::header ? http::iequals(a.wire, b.wire) : a.wire == b.wire;
      const bool same_place = a.source == b.source || (is_of_form(a.source) && is_of_form(b.source));
      if (!same_place || a.is_group || b.is_group || !same_name) continue;
      if (a.source == Source::body && !a.is_embedded) fail_for_several_bodies(binder);
      binder.fail("the handler takes " + binder.describe(a) + " twice; use one of them");
    }
  }
}

}  // namespace

Binding::Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context, Plan& plan) {
  const Binder binder(context);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const ArgumentSpec& argument = arguments[i];
    for (std::size_t p = 0; p < argument.parameter_count; ++p) {
      parameters_.push_back(binder.bind(argument.parameters[p], i, argument.ghost));
    }
    if (argument.fill != nullptr) specials_.push_back({.spec = &argument, .argument = i});
    if (argument.streams_body) ++body_streams_;
    if (argument.state != nullptr)
      specials_.push_back({.spec = &argument, .argument = i, .state = binder.state(*argument.state)});
    if (argument.dependency != nullptr) {
      specials_.push_back({.spec = &argument, .argument = i, .step = plan.add(*argument.dependency, context)});
    }
    if (argument.takes_scopes) {
      if (scopes_ == nullptr) scopes_ = std::make_shared<const SecurityScopes>(plan.open_scopes());
      specials_.push_back({.spec = &argument, .argument = i});
    }
  }
  check_duplicates(binder, parameters_);
  std::stable_sort(parameters_.begin(), parameters_.end(),
                   [](const BoundParameter& a, const BoundParameter& b) { return comes_before(a, b); });
  if (!parameters_.empty()) body_ = body_format(parameters_.back(), context);
}

Binding::Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context,
                 std::span<const DependencyUse* const> dependencies) {
  const Binder binder(context);
  auto plan = std::make_shared<Plan>();
  std::vector<std::size_t> leading;
  for (const DependencyUse* dependency : dependencies) leading.push_back(plan->add(*dependency, context));
  *this = Binding(arguments, context, *plan);
  leading_ = std::move(leading);
  plan->arrange();
  for (const Plan::Step& step : plan->steps()) {
    if (step.binding.takes_body()) body_ = step.binding.body_;
    body_streams_ += step.binding.body_streams_;
    waits_ = waits_ || step.ops->is_coroutine;
    has_early_ = has_early_ || !step.is_late;
  }
  if (!plan->steps().empty()) plan_ = std::move(plan);
  const std::vector<const BoundParameter*> all = all_parameters();
  check_bodies(binder, all);
  check_body_streams(binder, body_streams_, all);
  if (body_streams_ != 0) body_ = BodyFormat::stream;
  // A function that takes the whole request may read the path itself.
  if (sees_request()) return;
  for (std::string_view name : context.path_names) {
    const bool taken = std::any_of(all.begin(), all.end(), [&](const BoundParameter* bound) {
      return bound->source == Source::path && bound->wire == name;
    });
    if (!taken) {
      binder.fail("the path has {" + std::string(name) +
                  "}, but the handler does not take it; add an argument Path<T, \"" + std::string(name) +
                  "\"> or remove it from the path");
    }
  }
}

std::vector<const BoundParameter*> Binding::all_parameters() const {
  std::vector<const BoundParameter*> all;
  std::vector<bool> is_there(plan_ != nullptr ? plan_->steps().size() : 0);
  const auto add_own = [&all](const Binding& binding) {
    for (const BoundParameter& parameter : binding.parameters_) all.push_back(&parameter);
  };
  const auto add_step = [&](const auto& add_below, std::size_t step) -> void {
    if (is_there[step]) return;
    is_there[step] = true;
    const Binding& binding = plan_->steps()[step].binding;
    add_own(binding);
    for (const std::size_t below : binding.dependency_steps()) add_below(add_below, below);
  };
  add_own(*this);
  for (const std::size_t step : leading_) add_step(add_step, step);
  for (const std::size_t step : dependency_steps()) add_step(add_step, step);
  std::stable_sort(all.begin(), all.end(),
                   [](const BoundParameter* a, const BoundParameter* b) { return comes_before(*a, *b); });
  return all;
}

std::vector<std::size_t> Binding::dependency_steps() const {
  std::vector<std::size_t> steps;
  for (const Special& special : specials_) {
    if (special.spec->dependency != nullptr) steps.push_back(special.step);
  }
  return steps;
}

const StateType* Binding::missing_state(const StateTable& states) const {
  const auto missing_of = [&states](const Binding& binding) -> const StateType* {
    for (const Special& special : binding.specials_) {
      if (special.state != nullptr && !states.knows(*special.spec->state)) return special.spec->state;
    }
    return nullptr;
  };
  if (plan_ != nullptr) {
    for (const Plan::Step& step : plan_->steps()) {
      if (const StateType* missing = missing_of(step.binding)) return missing;
    }
  }
  return missing_of(*this);
}

bool Binding::sees_request() const noexcept {
  const auto sees = [](const Binding& binding) {
    return std::any_of(binding.specials_.begin(), binding.specials_.end(),
                       [](const Special& special) { return special.spec->sees_request; });
  };
  return sees(*this) || (plan_ != nullptr && std::any_of(plan_->steps().begin(), plan_->steps().end(),
                                                         [&](const Plan::Step& step) { return sees(step.binding); }));
}

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
// The Parameter Objects of an operation: path, query, headers, cookies.
#include <algorithm>

#include "openapi/operation.hpp"
#include "schema/constraints.hpp"

namespace serval::openapi {

namespace {

using detail::BoundParameter;
using detail::Member;
using detail::Rules;
using detail::Source;

bool is_parameter(const BoundParameter& parameter) { return parameter.source < Source::body; }

const detail::Model& model_of_group(const BoundParameter& group) { return *group.type->model; }

class Collector {
 public:
  Collector(const Operation& operation, Components& components) : operation_(operation), components_(components) {}

  void add(const BoundParameter& parameter) {
    if (parameter.is_group) return add_group(parameter);
    if (parameter.rules->hidden) return;
    const Rules* own = parameter.type->rules;
    json object = begin(parameter.wire, parameter.source, !parameter.may_be_absent());
    object["schema"] = components_.schemas.titled(*parameter.type, parameter.rules, parameter.wire);
    finish(object, own != nullptr ? detail::merge_rules(*own, *parameter.rules) : *parameter.rules);
  }

  json take() { return std::move(parameters_); }

 private:
  void add_group(const BoundParameter& group) {
    const detail::Model& model = model_of_group(group);
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      const Rules& rules = member.type->rules != nullptr ? *member.type->rules : detail::rules_of<>;
      if (rules.hidden) continue;
      json object = begin(group.group_wires[i], group.source, !member.type->may_be_absent());
      object["schema"] = components_.schemas.member_schema(*group.type, i);
      finish(object, rules);
    }
  }

  static json begin(const std::string& name, Source source, bool required) {
    return {{"name", name}, {"in", std::string(name_of(source))}, {"required", required || source == Source::path}};
  }

  void finish(json& object, const Rules& rules) {
    if (!rules.description.empty()) object["description"] = std::string(rules.description);
    const json& examples = operation_.examples.value();
    if (const auto found = examples.find(object["name"].get_ref<const std::string&>()); found != examples.end())
      object["examples"] = *found;
    if (rules.deprecated) object["deprecated"] = true;
    keep(std::move(object));
  }

  // A dependency may take the same parameter as the handler: the handler's, which comes first, is shown, unless only
  // the other one is required.
  void keep(json object) {
    const auto same = std::find_if(parameters_.begin(), parameters_.end(), [&](const json& each) {
      return each["in"] == object["in"] && each["name"] == object["name"];
    });
    if (same == parameters_.end()) {
      parameters_.push_back(std::move(object));
    } else if (object["required"] == true && (*same)["required"] == false) {
      *same = std::move(object);
    }
  }

  const Operation& operation_;
  Components& components_;
  json parameters_ = json::array();
};

}  // namespace

json parameters_of(const Operation& operation, Components& components) {
  components.schemas.set_mode(detail::SchemaMode::input);
  Collector collector(operation, components);
  for (const BoundParameter& parameter : operation.parameters) {
    if (is_parameter(parameter)) collector.add(parameter);
  }
  return collector.take();
}

std::vector<std::string> names_for_examples(const std::vector<BoundParameter>& parameters) {
  std::vector<std::string> names;
  for (const BoundParameter& parameter : parameters) {
    if (!is_parameter(parameter)) {
      names.emplace_back("requestBody");
    } else if (parameter.is_group) {
      names.insert(names.end(), parameter.group_wires.begin(), parameter.group_wires.end());
    } else {
      names.push_back(parameter.wire);
    }
  }
  return names;
}

}  // namespace serval::openapi

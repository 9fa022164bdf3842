// SPDX-License-Identifier: MIT
#include "templates/render.hpp"

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

#include <serval/http/url.hpp>

namespace serval::detail {

namespace {

using kainjow::mustache::data;

constexpr int max_depth = 256;

data to_data(const json& value, int depth) {
  if (depth > max_depth) throw std::runtime_error("the model of a template has more than 256 levels");
  switch (value.type()) {
    case json::value_t::null:
      return data(false);
    case json::value_t::boolean:
      return value.get<bool>() ? data("true") : data(false);
    case json::value_t::string: {
      const auto& text = value.get_ref<const std::string&>();
      if (text.empty()) return data(false);
      return data(http::is_valid_utf8(text) ? text : http::replace_invalid_utf8(text));
    }
    case json::value_t::array: {
      data list(data::type::list);
      // Its `push_back` would copy each element with all that is in it.
      auto& elements = const_cast<kainjow::mustache::list&>(list.list_value());
      elements.reserve(value.size());
      for (const json& element : value) elements.push_back(to_data(element, depth + 1));
      return list;
    }
    case json::value_t::object: {
      data object(data::type::object);
      for (const auto& [name, member] : value.items()) object[name] = to_data(member, depth + 1);
      return object;
    }
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
    case json::value_t::number_float:
    case json::value_t::binary:
    case json::value_t::discarded:
      break;
  }
  return data(value.dump());
}

/// The values that a name may mean: those of the sections around it, the innermost first.
class Context final : public kainjow::mustache::basic_context<std::string> {
 public:
  Context(const data& model, MissingValues missing) : scopes_{&model}, missing_(missing) {}

  void push(const data* scope) override { scopes_.push_back(scope); }
  void pop() override { scopes_.pop_back(); }
  [[nodiscard]] const data* get(const std::string& name) const override {
    if (name == ".") return scopes_.back();
    const data* found = find(name);
    if (found == nullptr && missing_ == MissingValues::error)
      throw std::runtime_error("the model of a template has no value \"" + name + "\"");
    return found;
  }
  /// Included templates have been inserted before.
  [[nodiscard]] const data* get_partial(const std::string&) const override { return nullptr; }

 private:
  /// The first part of a name with dots decides which scope it means.
  [[nodiscard]] const data* find(const std::string& name) const {
    std::size_t end = name.find('.');
    const std::string first = name.substr(0, end);
    const data* found = nullptr;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend() && found == nullptr; ++scope)
      found = (*scope)->get(first);
    while (found != nullptr && end != std::string::npos) {
      const std::size_t begin = end + 1;
      end = name.find('.', begin);
      found = found->get(name.substr(begin, end - begin));
    }
    return found;
  }

  std::vector<const data*> scopes_;
  MissingValues missing_;
};

/// What the library writes to.
struct Output {
  std::string text;
  Output& operator<<(const std::string& piece) {
    text += piece;
    return *this;
  }
};

}  // namespace

std::string render(kainjow::mustache::mustache& page, const json& model, MissingValues missing) {
  const data values = to_data(model, 0);
  Context context(values, missing);
  Output output;
  page.render(context, output);
  return std::move(output.text);
}

}  // namespace serval::detail

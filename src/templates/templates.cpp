// SPDX-License-Identifier: MIT
#include <serval/templates/templates.hpp>

#include <stdexcept>

#include "templates/render.hpp"
#include "templates/template_set.hpp"

namespace serval {

Templates::Templates(const std::string& directory, TemplatesOptions options, SourceLocation where)
    : directory_(directory),
      options_(options),
      where_(where),
      templates_(std::make_shared<const detail::TemplateSet>(directory, where)) {}

HtmlResponse Templates::render(std::string_view name, const json& model) const {
  return html(render_text(name, model));
}

HtmlResponse Templates::render(std::string_view name, const json& model, int status) const {
  return html(render_text(name, model), status);
}

std::string Templates::render_text(std::string_view name, const json& model) const {
  const auto templates = options_.reload ? std::make_shared<const detail::TemplateSet>(directory_, where_) : templates_;
  kainjow::mustache::mustache* const page = templates->find(name);
  if (page == nullptr) throw std::runtime_error("there is no template \"" + std::string(name) + "\" in " + directory_);
  try {
    return detail::render(*page, model, options_.missing_values);
  } catch (const std::runtime_error& fault) {
    throw std::runtime_error("template " + std::string(name) + ": " + fault.what());
  }
}

}  // namespace serval

// SPDX-License-Identifier: MIT
#include "app/app_document.hpp"

#include <utility>

namespace serval::detail {

void AppDocument::add_hook(std::function<void(json&)> hook) {
  hooks_.push_back(std::move(hook));
  discard();
}

void AppDocument::discard() {
  const std::scoped_lock lock(mutex_);
  made_.reset();
  root_path_.clear();
}

const json& AppDocument::get() const { return made().document; }

std::string AppDocument::text(std::string_view root_path) const {
  const Made& document = made();
  if (root_path.empty()) return document.text;
  const std::scoped_lock lock(mutex_);
  if (root_path_ != root_path) {
    text_under_root_ = schema::to_text(openapi::with_server(document.document, root_path));
    root_path_ = root_path;
  }
  return text_under_root_;
}

const AppDocument::Made& AppDocument::made() const {
  const std::scoped_lock lock(mutex_);
  if (made_ == nullptr) {
    openapi::Document document = openapi::make_document(describe_());
    for (const auto& hook : hooks_) hook(document.value);
    for (const std::string& warning : document.warnings) warn_(warning);
    std::string text = schema::to_text(document.value);
    made_ = std::make_unique<const Made>(Made{std::move(document.value), std::move(text)});
  }
  return *made_;
}

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
// A route table that keeps its patterns and describes each match in one line of text.
#pragma once

#include <serval/routing/table.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace serval {

class Routes {
 public:
  Routes() = default;
  /// Adds GET routes in this order.
  Routes(std::initializer_list<std::string_view> patterns) {
    for (const std::string_view pattern : patterns) add({http::Method::get}, pattern);
  }

  Routes& add(http::MethodSet methods, std::string_view pattern, SourceLocation where = SourceLocation::current()) {
    table_.add(methods, routing::Pattern::parse(pattern, where), static_cast<routing::RouteId>(texts_.size()), where);
    texts_.emplace_back(pattern);
    return *this;
  }
  Routes& mount(std::string_view prefix, SourceLocation where = SourceLocation::current()) {
    table_.add_mount(prefix, static_cast<routing::RouteId>(texts_.size()), where);
    texts_.push_back("mount " + std::string(prefix));
    return *this;
  }

  /// Returns "/items/{id}#3 id=7" (the number is the order of registration), "405 GET, HEAD" or "404".
  [[nodiscard]] std::string find(http::Method method, std::string_view raw_path) const {
    return tell(method, raw_path, '#');
  }
  /// Like `find` for GET, without the number.
  [[nodiscard]] std::string get(std::string_view raw_path) const { return tell(http::Method::get, raw_path, '\0'); }

  [[nodiscard]] const routing::RouteTable& table() const noexcept { return table_; }

 private:
  [[nodiscard]] std::string tell(http::Method method, std::string_view raw_path, char mark) const {
    http::PathParams params;
    const routing::RouteMatch match = table_.find(method, raw_path, params);
    if (match.outcome == routing::RouteMatch::Outcome::method_not_allowed) return "405 " + match.allowed.to_string();
    if (match.outcome == routing::RouteMatch::Outcome::not_found) return "404";
    std::string out = texts_[match.id];
    if (mark != '\0') out += mark + std::to_string(match.id);
    if (out.starts_with("mount")) out += " rest=" + std::string(match.rest);
    for (const auto& [name, value] : params) out += " " + std::string(name) + "=" + std::string(value);
    return out;
  }

  routing::RouteTable table_;
  std::vector<std::string> texts_;
};

}  // namespace serval

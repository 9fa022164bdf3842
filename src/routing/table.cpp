// SPDX-License-Identifier: MIT
#include <serval/routing/table.hpp>

#include <serval/base/error.hpp>

#include "routing/segment.hpp"
#include "routing/string_index.hpp"
#include "routing/tree.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace serval::routing {
namespace {

struct Route {
  Pattern pattern;
  RouteId id;
  SourceLocation where;
};

struct Mount {
  std::string prefix;
  RouteId id;
  SourceLocation where;
};

/// Whether `raw_path` is the mount's prefix or below it; returns the part after the prefix.
std::optional<std::string_view> below(const Mount& mount, std::string_view raw_path) noexcept {
  const auto taken = detail::match_prefix(raw_path, mount.prefix);
  if (!taken) return std::nullopt;
  raw_path.remove_prefix(*taken);
  if (!raw_path.empty() && raw_path.front() != '/') return std::nullopt;
  return raw_path;
}

http::MethodSet common(http::MethodSet a, http::MethodSet b) noexcept {
  http::MethodSet out;
  for (auto method = http::Method::get; method <= http::Method::unlink;
       method = static_cast<http::Method>(static_cast<std::uint8_t>(method) + 1)) {
    if (a.contains(method) && b.contains(method)) out.insert(method);
  }
  return out;
}

}  // namespace

struct RouteTable::Impl {
  std::vector<std::unique_ptr<Route>> routes;  // by pointer, since names of parameters refer to them
  detail::SegmentTree tree;
  detail::StringIndex statics;  // the text of a pattern without parameters -> its node
  std::vector<Mount> mounts;    // the longest prefix first
  http::MethodSet methods;

  /// The best endpoint, and in `walk` the values of its parameters or the methods of the path.
  const detail::SegmentTree::Endpoint* find(std::string_view raw_path, detail::TreeWalk& walk) const noexcept {
    if (raw_path.empty() || raw_path.front() != '/') return nullptr;
    // No pattern contains an escape, so equal raw text is equal decoded text, and literals take precedence.
    if (const auto node = statics.find(raw_path)) {
      if (const auto* endpoint = tree.accept(*node, walk)) return endpoint;
    }
    return tree.find(raw_path, walk);
  }

  std::optional<RouteMatch> find_mount(std::string_view raw_path) const noexcept {
    if (raw_path.empty() || raw_path.front() != '/') return std::nullopt;
    for (const Mount& mount : mounts) {
      if (const auto rest = below(mount, raw_path))
        return RouteMatch{.outcome = RouteMatch::Outcome::found, .id = mount.id, .rest = *rest};
    }
    return std::nullopt;
  }
};

RouteTable::RouteTable() : impl_(std::make_unique<Impl>()) {}
RouteTable::~RouteTable() = default;
RouteTable::RouteTable(RouteTable&& other) noexcept = default;
RouteTable& RouteTable::operator=(RouteTable&& other) noexcept = default;

void RouteTable::add(http::MethodSet methods, const Pattern& pattern, RouteId id, SourceLocation where) {
  const std::string& text = pattern.text();
  if (methods.empty()) throw SetupError("the route " + text + " has no method: name at least one", where);
  if (methods.contains(http::Method::unknown)) {
    throw SetupError("the route " + text + " has an unknown method: use one of serval::http::Method", where);
  }
  const auto node = impl_->tree.place(pattern);
  for (const auto& endpoint : impl_->tree.endpoints(node)) {
    const http::MethodSet both = common(methods, endpoint.methods);
    if (both.empty()) continue;
    const Route& other = *impl_->routes[endpoint.route];
    throw SetupError("the route " + both.to_string() + " " + text + " matches the same paths as " +
                         other.pattern.text() + ", registered at " + to_string(other.where) +
                         ": remove one of them, or change its path or methods",
                     where);
  }
  impl_->routes.push_back(std::make_unique<Route>(Route{.pattern = pattern, .id = id, .where = where}));
  impl_->tree.attach(node, {methods, static_cast<std::uint32_t>(impl_->routes.size() - 1)});
  if (pattern.is_static()) impl_->statics.insert(text, node);
  impl_->methods.insert(methods);
}

void RouteTable::add_mount(std::string_view prefix, RouteId id, SourceLocation where) {
  const std::string_view trimmed = prefix.ends_with('/') ? prefix.substr(0, prefix.size() - 1) : prefix;
  const std::string text(trimmed);
  if (!text.empty() && !Pattern::parse(text, where).is_static()) {
    throw SetupError("the mount " + text + " has a parameter: mount at a literal prefix", where);
  }
  auto& mounts = impl_->mounts;
  for (const Mount& other : mounts) {
    if (other.prefix != text) continue;
    throw SetupError("the mount " + (text.empty() ? "/" : text) + " is there already, registered at " +
                         to_string(other.where) + ": remove one of them, or change its prefix",
                     where);
  }
  const auto shorter = [](const Mount& mount, std::size_t size) { return mount.prefix.size() >= size; };
  const auto position = std::lower_bound(mounts.begin(), mounts.end(), text.size(), shorter);
  mounts.insert(position, Mount{.prefix = text, .id = id, .where = where});
}

RouteMatch RouteTable::find(http::Method method, std::string_view raw_path, http::PathParams& params) const {
  params.clear();
  detail::TreeWalk walk;
  walk.method = method;
  if (const auto* endpoint = impl_->find(raw_path, walk)) {
    const Route& route = *impl_->routes[endpoint->route];
    const auto& names = route.pattern.names();
    for (std::size_t i = 0; i < names.size(); ++i) params.add(names[i], walk.captures[i].view());
    return {.outcome = RouteMatch::Outcome::found, .id = route.id};
  }
  if (const auto mount = impl_->find_mount(raw_path)) return *mount;
  if (walk.allowed.empty()) return {};
  return {.outcome = RouteMatch::Outcome::method_not_allowed, .allowed = walk.allowed};
}

RouteMatch RouteTable::find_mount(std::string_view raw_path) const noexcept {
  return impl_->find_mount(raw_path).value_or(RouteMatch{});
}

bool RouteTable::matches_any(std::string_view raw_path) const {
  detail::TreeWalk walk;
  return impl_->find(raw_path, walk) != nullptr || impl_->find_mount(raw_path).has_value();
}

http::MethodSet RouteTable::all_methods() const noexcept { return impl_->methods; }

}  // namespace serval::routing

// SPDX-License-Identifier: MIT
#include "routing/tree.hpp"

#include "routing/segment.hpp"

#include <algorithm>
#include <tuple>

namespace serval::detail {
namespace {

/// Typed before plain before tail; among typed parameters the narrower one first (each int is also a float).
int rank(routing::Converter converter) noexcept {
  switch (converter) {
    case routing::Converter::uuid:
      return 0;
    case routing::Converter::integer:
      return 1;
    case routing::Converter::number:
      return 2;
    case routing::Converter::text:
      return 3;
    case routing::Converter::path:
      return 4;
  }
  return 4;
}

/// A total order of shapes, so that precedence never depends on the order of registration. More literal
/// text is more specific; the last four keys only make the order total.
auto precedence(const routing::Pattern::Segment& shape) noexcept {
  const auto literal_bytes = static_cast<std::ptrdiff_t>(shape.prefix.size() + shape.suffix.size());
  return std::make_tuple(rank(shape.converter) < 3 ? 0 : rank(shape.converter), -literal_bytes, rank(shape.converter),
                         -static_cast<std::ptrdiff_t>(shape.prefix.size()), std::string_view(shape.prefix),
                         std::string_view(shape.suffix));
}

}  // namespace

SegmentTree::NodeId SegmentTree::place(const routing::Pattern& pattern) {
  NodeId node = 0;
  for (const routing::Pattern::Segment& segment : pattern.segments()) {
    node = segment.is_literal() ? literal_child(node, segment.prefix) : branch_child(node, segment);
  }
  return node;
}

void SegmentTree::attach(NodeId node, Endpoint endpoint) {
  nodes_[node].endpoints.push_back(endpoint);
  nodes_[node].methods.insert(endpoint.methods);
}

SegmentTree::NodeId SegmentTree::make_node() {
  nodes_.emplace_back();
  return static_cast<NodeId>(nodes_.size() - 1);
}

SegmentTree::NodeId SegmentTree::literal_child(NodeId parent, std::string_view text) {
  if (const auto child = nodes_[parent].literals.find(text)) return *child;
  const NodeId child = make_node();
  nodes_[parent].literals.insert(text, child);
  return child;
}

SegmentTree::NodeId SegmentTree::branch_child(NodeId parent, const routing::Pattern::Segment& shape) {
  const auto before = [](const Branch& branch, const routing::Pattern::Segment& wanted) {
    return precedence(branch.shape) < precedence(wanted);
  };
  const auto position = [&] {
    auto& branches = nodes_[parent].branches;
    return std::lower_bound(branches.begin(), branches.end(), shape, before);
  };
  const auto found = position();
  if (found != nodes_[parent].branches.end() && precedence(found->shape) == precedence(shape)) return found->child;
  const NodeId child = make_node();  // relocates the nodes: look the position up again
  nodes_[parent].branches.insert(position(), {shape, child});
  return child;
}

const SegmentTree::Endpoint* SegmentTree::accept(NodeId node, TreeWalk& walk) const noexcept {
  const Node& end = nodes_[node];
  for (const Endpoint& endpoint : end.endpoints) {
    if (!walk.method || endpoint.methods.contains(*walk.method)) return &endpoint;
  }
  walk.allowed.insert(end.methods);
  return nullptr;
}

const SegmentTree::Endpoint* SegmentTree::find(std::string_view raw_path, TreeWalk& walk) const noexcept {
  walk.escaped = raw_path.find('%') != std::string_view::npos;
  return descend(0, raw_path.substr(1), walk);
}

std::optional<SegmentTree::NodeId> SegmentTree::find_literal(const Node& node, std::string_view segment,
                                                             const TreeWalk& walk) noexcept {
  if (!walk.escaped) return node.literals.find(segment);
  if (node.literals.empty()) return std::nullopt;
  // Text with a decoded slash is looked up like any other text and not found: no key contains a slash.
  std::array<char, routing::Pattern::max_literal_bytes> buffer;
  const auto text = decode_into(buffer, segment);
  return text ? node.literals.find(*text) : std::nullopt;
}

const SegmentTree::Endpoint* SegmentTree::descend(NodeId at, std::string_view rest, TreeWalk& walk) const noexcept {
  const Node& node = nodes_[at];
  ++walk.visited;
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  if (const auto child = find_literal(node, segment, walk)) {
    if (const Endpoint* found = enter(*child, rest, slash, walk)) return found;
  }
  for (const Branch& branch : node.branches) {
    const bool tail = branch.shape.is_tail();
    const auto value = capture(branch.shape, tail ? rest : segment);
    if (!value) continue;
    walk.captures[walk.captured++] = {value->data(), value->size()};
    const Endpoint* found = enter(branch.child, rest, tail ? std::string_view::npos : slash, walk);
    if (found != nullptr) return found;
    --walk.captured;
  }
  return nullptr;
}

/// Continues below `child` with the part after `slash`; without a slash the path ends there.
const SegmentTree::Endpoint* SegmentTree::enter(NodeId child, std::string_view rest, std::size_t slash,
                                                TreeWalk& walk) const noexcept {
  if (slash == std::string_view::npos) {
    ++walk.visited;
    return accept(child, walk);
  }
  return descend(child, rest.substr(slash + 1), walk);
}

}  // namespace serval::detail

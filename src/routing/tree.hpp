// SPDX-License-Identifier: MIT
// The tree of registered segments for paths that are not in the hash of static paths. Each node has one depth and is
// reached on exactly one way, so a walk visits each node at most once: backtracking cannot make the work exponential.
#pragma once

#include <serval/http/method.hpp>
#include <serval/routing/pattern.hpp>

#include "routing/string_index.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace serval::detail {

/// The raw value of a parameter. Unlike a string_view it is not initialised: clearing 32 of them took longer than
/// looking up a static path.
struct Capture {
  const char* data;
  std::size_t size;
  [[nodiscard]] std::string_view view() const noexcept { return {data, size}; }
};

/// The input and the results of a walk through the tree.
struct TreeWalk {
  std::optional<http::Method> method;                              ///< nothing: any will do
  bool escaped = false;                                            ///< whether the path contains a '%'
  std::array<Capture, routing::Pattern::max_parameters> captures;  ///< from left to right
  std::size_t captured = 0;                                        ///< number of set `captures`
  http::MethodSet allowed;                                         ///< of all nodes at which the path ended
  std::size_t visited = 0;                                         ///< number of nodes; at most `SegmentTree::size()`
};

class SegmentTree {
 public:
  using NodeId = std::uint32_t;
  /// The methods of one registration that ends at a node, and its place in the table's list of routes.
  struct Endpoint {
    http::MethodSet methods;
    std::uint32_t route;
  };

  SegmentTree() : nodes_(1) {}

  /// The node at which paths of that shape end; created if it does not exist. Names are ignored.
  NodeId place(const routing::Pattern& pattern);
  void attach(NodeId node, Endpoint endpoint);
  [[nodiscard]] const std::vector<Endpoint>& endpoints(NodeId node) const noexcept { return nodes_[node].endpoints; }

  /// The endpoint at `node` for the method of `walk`; otherwise adds the node's methods to `walk.allowed`.
  [[nodiscard]] const Endpoint* accept(NodeId node, TreeWalk& walk) const noexcept;
  /// The best endpoint for `raw_path`, whose first byte is '/'; its values are in `walk.captures`.
  [[nodiscard]] const Endpoint* find(std::string_view raw_path, TreeWalk& walk) const noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

 private:
  struct Branch {
    routing::Pattern::Segment shape;
    NodeId child;
  };
  struct Node {
    StringIndex literals;
    std::vector<Branch> branches;  // in order of precedence
    std::vector<Endpoint> endpoints;
    http::MethodSet methods;  // of all endpoints
  };

  NodeId make_node();
  NodeId literal_child(NodeId parent, std::string_view text);
  NodeId branch_child(NodeId parent, const routing::Pattern::Segment& shape);
  [[nodiscard]] static std::optional<NodeId> find_literal(const Node& node, std::string_view segment,
                                                          const TreeWalk& walk) noexcept;
  [[nodiscard]] const Endpoint* descend(NodeId at, std::string_view rest, TreeWalk& walk) const noexcept;
  [[nodiscard]] const Endpoint* enter(NodeId child, std::string_view rest, std::size_t slash,
                                      TreeWalk& walk) const noexcept;

  std::vector<Node> nodes_;  // the first one is the root
};

}  // namespace serval::detail

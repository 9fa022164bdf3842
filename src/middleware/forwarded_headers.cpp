// SPDX-License-Identifier: MIT
#include <serval/middleware/forwarded_headers.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/target.hpp>

#include "http/grammar.hpp"
#include "http/root_path.hpp"
#include "middleware/forwarded_field.hpp"
#include "middleware/trusted_proxies.hpp"

namespace serval {

namespace {

using detail::ForwardedElement;
using detail::PeerNode;

/// Calls `visit` for the values of the fields of that name, from the last to the first, until it returns false.
template <class Visit>
void visit_backwards(const http::RequestHeaders& headers, std::string_view name, const Visit& visit) {
  for (auto field = std::make_reverse_iterator(headers.end()); field != std::make_reverse_iterator(headers.begin());
       ++field) {
    if (http::iequals(field->name, name) && !visit(field->value)) return;
  }
}

/// Removes the last element of a list and returns it without the white space around it; it may be empty.
std::string_view take_last_element(std::string_view& list) {
  const std::size_t comma = list.rfind(',');
  const std::string_view element = detail::trim_whitespace(list.substr(comma == list.npos ? 0 : comma + 1));
  list = list.substr(0, comma == list.npos ? 0 : comma);
  return element;
}

/// The last element of all fields of that name; empty if there is none.
std::string_view last_element(const http::RequestHeaders& headers, std::string_view name) {
  std::string_view found;
  visit_backwards(headers, name, [&](std::string_view list) {
    found = take_last_element(list);
    return false;
  });
  return found;
}

void apply_client(Request& request, const std::optional<PeerNode>& node) {
  if (node) request.set_client({node->address.to_text(), node->port});
}

void apply_scheme(Request& request, std::string_view proto) {
  if (http::iequals(proto, "https") || http::iequals(proto, "wss"))
    request.set_scheme("https");
  else if (http::iequals(proto, "http") || http::iequals(proto, "ws"))
    request.set_scheme("http");
}

/// The path that the proxy has sent is below its prefix. So the root path is the prefix and what routing has already
/// taken from the beginning of that path: the mounts that the request has entered, and the application's own root path
/// if the proxy has left it there.
void apply_prefix(Request& request, std::string_view prefix) {
  std::string root(prefix);
  if (const auto sent = http::Target::parse(request.target())) {
    const std::string_view path = sent->path;
    const std::string_view rest = request.raw_path();
    if (path.ends_with(rest))
      root.append(path, 0, path.size() - rest.size());
    else if (rest == "/")  // nothing was left
      root.append(path);
  }
  request.set_root_path(root);
}

/// Keeps the text of a host that was not in the request as it is, for as long as the request lives.
struct ForwardedHost {
  std::string text;
};

}  // namespace

/// The options, prepared for requests.
struct ForwardedHeaders::Policy {
  explicit Policy(ForwardedHeadersOptions options_)
      : options(std::move(options_)), trusted(options.trusted, "ForwardedHeaders") {
    if (options.trusted.empty()) {
      throw SetupError(
          "ForwardedHeaders: trusted is empty; write the addresses of your proxies: {.trusted = {\"10.0.0.0/8\"}}", {});
    }
    if (options.family == ForwardedFamily::rfc7239 && options.prefix) {
      throw SetupError(
          "ForwardedHeaders: RFC 7239 has no prefix; use AppOptions::root_path, or ForwardedFamily::x_forwarded", {});
    }
  }

  /// Reads an entry. Returns whether the entry before it is believed, too.
  bool read_node(std::string_view text, PeerNode::Ipv6 ipv6, std::optional<PeerNode>& client) const {
    const auto node = PeerNode::read(text, ipv6);
    if (!node) return false;
    client = node;
    return trusted.contains(node->address);
  }

  void read_x_forwarded(Request& request) const {
    const http::RequestHeaders& headers = request.headers();
    std::optional<PeerNode> client;
    visit_backwards(headers, "x-forwarded-for", [&](std::string_view list) {
      while (!list.empty()) {
        if (!read_node(take_last_element(list), PeerNode::Ipv6::bare_or_bracketed, client)) return false;
      }
      return true;
    });
    apply_client(request, client);
    apply_scheme(request, last_element(headers, "x-forwarded-proto"));
    if (options.host) {
      const std::string_view host = last_element(headers, "x-forwarded-host");
      if (http::split_host(host)) request.set_host(host);
    }
    if (options.prefix) {
      std::string_view prefix = last_element(headers, "x-forwarded-prefix");
      if (prefix.ends_with('/')) prefix.remove_suffix(1);
      if (!prefix.empty() && detail::is_root_path(prefix)) apply_prefix(request, prefix);
    }
  }

  void read_forwarded(Request& request) const {
    std::optional<PeerNode> client;
    std::string proto, host;
    // All entries that are visited were written by trusted proxies, the outermost last.
    const auto visit = [&](ForwardedElement& element) {
      if (!element.proto.empty()) proto = std::move(element.proto);
      if (!element.host.empty()) host = std::move(element.host);
      return read_node(element.node, PeerNode::Ipv6::bracketed, client);
    };
    visit_backwards(request.headers(), "forwarded", [&](std::string_view field) {
      auto elements = detail::parse_forwarded(field);
      if (!elements) return false;
      for (auto element = elements->rbegin(); element != elements->rend(); ++element) {
        if (!visit(*element)) return false;
      }
      return true;
    });
    apply_client(request, client);
    apply_scheme(request, proto);
    if (options.host && http::split_host(host)) {
      auto& kept = request.state<ForwardedHost>();
      kept.text = std::move(host);
      request.set_host(kept.text);
    }
  }

  ForwardedHeadersOptions options;
  detail::TrustedProxies trusted;
};

ForwardedHeaders::ForwardedHeaders(ForwardedHeadersOptions options)
    : policy_(std::make_shared<const Policy>(std::move(options))) {}

void ForwardedHeaders::trust_proxies(const std::vector<std::string>& proxies) {
  ForwardedHeadersOptions options = policy_->options;
  options.trusted = proxies;
  policy_ = std::make_shared<const Policy>(std::move(options));
}

void ForwardedHeaders::before(Request& request) {
  const Policy& policy = *policy_;
  if (policy.options.family == ForwardedFamily::none || !policy.trusted.trusts(request.client())) return;
  if (policy.options.family == ForwardedFamily::x_forwarded)
    policy.read_x_forwarded(request);
  else
    policy.read_forwarded(request);
}

}  // namespace serval

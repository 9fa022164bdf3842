// SPDX-License-Identifier: MIT
// The peers that an application believes, by address, and the addresses that proxies write.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/http/request.hpp>

namespace serval::detail {

/// An address of either kind in 16 bytes. An IPv4 address is mapped to IPv6 (RFC 4291 section 2.5.5.2), so that both
/// forms of it are equal.
struct PeerAddress {
  std::array<std::uint8_t, 16> bytes{};

  /// Without brackets, port and zone.
  [[nodiscard]] static std::optional<PeerAddress> read(std::string_view text) noexcept;
  [[nodiscard]] bool is_ipv4() const noexcept;
  /// "203.0.113.7" or the form of RFC 5952.
  [[nodiscard]] std::string to_text() const;
};

/// An address with a port, as proxies write it.
struct PeerNode {
  PeerAddress address;
  std::uint16_t port = 0;  ///< 0: not known

  /// How IPv6 addresses are written if they have no port.
  enum class Ipv6 : std::uint8_t { bare_or_bracketed, bracketed };
  /// "203.0.113.7", "203.0.113.7:4711", "[2001:db8::1]:4711". A port that is no number, such as "_hidden", is not known
  /// (RFC 7239 section 6.2). Nothing for any other text.
  [[nodiscard]] static std::optional<PeerNode> read(std::string_view text, Ipv6 ipv6) noexcept;
};

class TrustedProxies {
 public:
  TrustedProxies() = default;
  /// The forms of `ForwardedHeadersOptions::trusted`. `owner` begins the message. Errors: SetupError for another text.
  TrustedProxies(const std::vector<std::string>& proxies, std::string_view owner);

  /// Empty if `text` has one of the forms, otherwise what is wrong with it.
  [[nodiscard]] static std::string fault_of(std::string_view text);

  /// Whether nobody is believed.
  [[nodiscard]] bool empty() const noexcept {
    return networks_.empty() && !all_peers_ && !all_ipv4_ && !all_ipv6_ && !unix_sockets_;
  }
  /// Whether what this peer says is believed.
  [[nodiscard]] bool trusts(const http::Client& peer) const noexcept;
  /// Whether the address is one of the list, or in one of its networks. "*" does not count, nor do networks of all
  /// addresses, such as "0.0.0.0/0".
  [[nodiscard]] bool contains(const PeerAddress& address) const noexcept;

 private:
  struct Network {
    PeerAddress address;
    unsigned bits = 128;

    /// Whether it has all addresses of its kind.
    [[nodiscard]] bool is_whole() const noexcept;
  };
  [[nodiscard]] static std::string read(std::string_view text, Network& out);

  std::vector<Network> networks_;
  bool all_peers_ = false;
  bool all_ipv4_ = false;
  bool all_ipv6_ = false;
  bool unix_sockets_ = false;
};

}  // namespace serval::detail

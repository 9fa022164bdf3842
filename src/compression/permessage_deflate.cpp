// SPDX-License-Identifier: MIT
#include <serval/compression/permessage_deflate.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "compression/web_socket_deflate.hpp"

namespace serval {

namespace {

class DeflateCodec final : public http::WebSocketCodec {
 public:
  explicit DeflateCodec(const detail::DeflateAgreement& agreement) noexcept
      : agreement_(agreement), inflater_(agreement), deflater_(agreement) {}

  [[nodiscard]] std::string agreement() const override { return agreement_.text(); }
  [[nodiscard]] Unpacked unpack(std::string_view bytes, std::string& message, std::size_t max_bytes) override {
    return inflater_.inflate(bytes, message, max_bytes);
  }
  [[nodiscard]] Unpacked finish(std::string& message, std::size_t max_bytes) override {
    return inflater_.finish(message, max_bytes);
  }
  [[nodiscard]] std::optional<std::string> pack(std::string_view message) override {
    if (message.size() < detail::WebSocketDeflater::least_bytes) return std::nullopt;
    return deflater_.deflate(message);
  }

 private:
  const detail::DeflateAgreement agreement_;
  detail::WebSocketInflater inflater_;
  detail::WebSocketDeflater deflater_;
};

class DeflateExtension final : public http::WebSocketExtension {
 public:
  [[nodiscard]] std::unique_ptr<http::WebSocketCodec> negotiate(std::string_view offers) const override {
    const auto agreement = detail::agree_on_deflate(offers);
    return agreement ? std::make_unique<DeflateCodec>(*agreement) : nullptr;
  }
};

}  // namespace

std::shared_ptr<const http::WebSocketExtension> permessage_deflate() { return std::make_shared<DeflateExtension>(); }

}  // namespace serval

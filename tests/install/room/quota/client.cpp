// SPDX-License-Identifier: MIT
#include "client.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <serval/serval.hpp>

namespace quota {

namespace {
bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}
}  // namespace

bool is_key(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), is_key_character);
}

Client::Client(const boost::asio::any_io_executor& loop, const Options& options, const Instruments& instruments)
    : connections_(loop, options, instruments) {}

serval::Task<std::optional<Balance>> Client::balance(std::string key) {
  const std::string answer = co_await connections_.exchange("LEFT " + key);
  if (answer == "UNKNOWN") co_return std::nullopt;
  std::istringstream words(answer);
  std::string ok;
  Balance found;
  std::int64_t seconds = 0;
  if (!(words >> ok >> found.name >> found.left >> seconds) || ok != "OK") {
    throw serval::HttpError(502, "The quota service sent an invalid balance");
  }
  found.reset = std::chrono::seconds(seconds);
  co_return found;
}

serval::Task<void> Client::report(std::string program, std::string key, std::uint64_t total) {
  const std::string line = "USED " + program + " " + key + " " + std::to_string(total);
  if (co_await connections_.exchange(line) != "OK") {
    throw serval::HttpError(502, "The quota service did not accept a report");
  }
}

serval::Task<std::string> Client::greet() { co_return co_await connections_.exchange("HELLO"); }

}  // namespace quota

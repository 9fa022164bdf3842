// SPDX-License-Identifier: MIT
#include "generation.hpp"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "surroundings.hpp"

namespace serval::tool {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kept_errors = 16 * 1024;

std::string new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "serval-dev-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
  return name;
}

}  // namespace

NotifyFolder::NotifyFolder() : folder_(new_folder()) {}
NotifyFolder::~NotifyFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Generation::Generation(const asio::any_io_executor& executor, const Setting& setting)
    : notify_(executor, asio::local::datagram_protocol::endpoint(notify_folder_.socket())) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  pages_ = ends[0];
  Command command{.words = {setting.program}, .folder = setting.folder};
  command.words.insert(command.words.end(), setting.arguments.begin(), setting.arguments.end());
  command.environment = {{"NOTIFY_SOCKET", notify_folder_.socket()}};
  const std::string id = std::to_string(::getpid()) + "-" + std::to_string(setting.number);
  if (setting.shows_pages) {
    command.environment.emplace_back(
        "SERVAL_DEV", std::to_string(inherited_connection) + ":" + id + ":" + setting.token + ":" + setting.host);
  }
  command.listener = setting.listener;
  command.connection = ends[1];
  command.shows_output = true;
  try {
    process_ = std::make_unique<Process>(executor, command);
  } catch (...) {
    ::close(ends[0]);
    ::close(ends[1]);
    throw;
  }
  ::close(ends[1]);
}

Generation::~Generation() { ::close(pages_); }

Task<void> Generation::ready() {
  for (;;) {
    std::array<char, 4096> bytes;
    const std::size_t size = co_await notify_.async_receive(asio::buffer(bytes), asio::use_awaitable);
    const std::vector<std::string_view> lines = lines_of({bytes.data(), size});
    if (std::find(lines.begin(), lines.end(), "READY=1") != lines.end()) co_return;
  }
}

void Generation::stop_waiting() noexcept {
  boost::system::error_code ignored;
  notify_.close(ignored);
}

Task<int> Generation::end() {
  return process_->end([this](std::string_view bytes) {
    std::fwrite(bytes.data(), 1, bytes.size(), stderr);
    std::fflush(stderr);
    last_errors_ += bytes;
    if (last_errors_.size() > kept_errors) last_errors_.erase(0, last_errors_.size() - kept_errors);
  });
}

void Generation::tell(std::string_view errors) noexcept {
  constexpr std::size_t most = 60'000;
  const std::string_view packet = errors.empty() ? "\n" : errors.substr(0, most);
  static_cast<void>(::send(pages_, packet.data(), packet.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
}

}  // namespace serval::tool

// SPDX-License-Identifier: MIT
#include <serval/websocket/hub.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>
#include <vector>

#include <serval/http/url.hpp>

namespace serval {

struct Hub::Members {
  using Places = std::vector<const Member::Place*>;
  std::mutex mutex;  // held while a message is queued, so that all members get the same order
  std::map<std::string, Places, std::less<>> topics;
};

struct Hub::Member::Place {
  std::shared_ptr<Members> members;
  std::string topic;
  std::shared_ptr<http::WebSocketSender> sender;
};

Hub::Member::Member(std::unique_ptr<Place> place) noexcept : place_(std::move(place)) {}
Hub::Member::~Member() { leave(); }

Hub::Member& Hub::Member::operator=(Member&& other) noexcept {
  if (this != &other) {
    leave();
    place_ = std::move(other.place_);
  }
  return *this;
}

void Hub::Member::leave() noexcept {
  const std::unique_ptr<Place> place = std::move(place_);
  if (!place) return;
  const std::lock_guard lock(place->members->mutex);
  const auto topic = place->members->topics.find(place->topic);
  std::erase(topic->second, place.get());
  if (topic->second.empty()) place->members->topics.erase(topic);
}

Hub::Hub() : members_(std::make_shared<Members>()) {}

Hub::Member Hub::join(const WebSocket& socket, std::string_view topic) {
  auto place = std::make_unique<Member::Place>(
      Member::Place{.members = members_, .topic = std::string(topic), .sender = socket.sender()});
  const std::lock_guard lock(members_->mutex);
  members_->topics[place->topic].push_back(place.get());
  return Member(std::move(place));
}

std::size_t Hub::broadcast_text(std::string text, std::string_view topic, const Member* but) {
  if (!http::is_valid_utf8(text))
    throw std::invalid_argument("a text message must be UTF-8; use broadcast_bytes for other data");
  return broadcast_message(WebSocketMessage::Kind::text, std::move(text), topic, but);
}

std::size_t Hub::broadcast_bytes(std::string bytes, std::string_view topic, const Member* but) {
  return broadcast_message(WebSocketMessage::Kind::binary, std::move(bytes), topic, but);
}

std::size_t Hub::broadcast_message(WebSocketMessage::Kind kind, std::string data, std::string_view topic,
                                   const Member* but) {
  const auto shared = std::make_shared<const std::string>(std::move(data));
  const std::lock_guard lock(members_->mutex);
  const auto members = members_->topics.find(topic);
  if (members == members_->topics.end()) return 0;
  const auto is_reached = [&](const Member::Place* place) {
    return (but == nullptr || but->place_.get() != place) && place->sender->send(kind, shared);
  };
  return static_cast<std::size_t>(std::count_if(members->second.begin(), members->second.end(), is_reached));
}

std::size_t Hub::size(std::string_view topic) const {
  const std::lock_guard lock(members_->mutex);
  const auto members = members_->topics.find(topic);
  return members != members_->topics.end() ? members->second.size() : 0;
}

void Hub::close_all(int code, std::string_view reason) {
  http::require_close_frame(code, reason);
  const std::lock_guard lock(members_->mutex);
  for (const auto& [topic, places] : members_->topics) {
    for (const Member::Place* place : places) place->sender->close(code, std::string(reason));
  }
}

}  // namespace serval

// SPDX-License-Identifier: MIT
#include "auth/session_engine.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include <serval/http/headers.hpp>
#include <serval/http/unavailable.hpp>
#include <serval/store/store.hpp>

#include "auth/base64url.hpp"
#include "auth/bytes.hpp"
#include "auth/session_setup.hpp"
#include "auth/sodium.hpp"

namespace serval::detail {

namespace {

using std::chrono::seconds;

constexpr std::size_t id_bytes = 32;
/// How far the clocks of several servers may differ.
constexpr seconds leeway{60};
/// Browsers keep no cookie for longer than 400 days (draft-ietf-httpbis-rfc6265bis section 5.5).
constexpr seconds longest_cookie = std::chrono::hours(400 * 24);

/// A cache must not give the cookie of one client to another.
void make_private(Response& response) {
  http::Headers& fields = response.headers();
  if (http::has_list_element(fields, "cache-control", "no-store") ||
      http::has_list_element(fields, "cache-control", "private"))
    return;
  fields.set("cache-control", "private, no-cache");
}

}  // namespace

SessionEngine::SessionEngine(SessionOptions options, std::string empty)
    : options_(checked_session_options(std::move(options))), empty_(std::move(empty)) {
  start_sodium();
  if (options_.store == nullptr) seal_.emplace(options_.keys.list(), options_.cookie);
  options_.keys = {};
}

seconds SessionEngine::now() const {
  const auto time = options_.clock ? options_.clock() : std::chrono::system_clock::now();
  return std::max(std::chrono::floor<seconds>(time.time_since_epoch()), seconds(0));
}

bool SessionEngine::is_valid(const SessionRecord& record) const {
  const seconds now = this->now();
  if (record.issued > now + leeway || record.seen > now + leeway) return false;
  if (options_.idle != seconds(0) && now - record.seen >= options_.idle) return false;
  return options_.absolute == seconds(0) || now - record.issued < options_.absolute;
}

bool SessionEngine::is_half_idle(const SessionFacts& facts, seconds now) const {
  return facts.exists && options_.idle != seconds(0) && 2 * (now - facts.seen) >= options_.idle;
}

seconds SessionEngine::rest_of(const SessionRecord& record) const {
  const seconds idle = options_.idle;
  if (options_.absolute == seconds(0)) return idle;
  const seconds absolute = std::max(record.issued + options_.absolute - record.seen, seconds(1));
  return idle == seconds(0) ? absolute : std::min(idle, absolute);
}

// --- reading --------------------------------------------------------------------------------------

http::Pending SessionEngine::read(const Request& request, SessionFacts& facts) const {
  facts.owner = this;
  facts.request = &request;
  facts.json = empty_;
  const std::optional<std::string_view> cookie = request.cookies().get(options_.cookie);
  facts.has_cookie = cookie.has_value();
  if (!cookie) return {};
  if (seal_) {
    take(facts, seal_->open(*cookie));
    return {};
  }
  std::string id;
  // 43 characters: longer texts need not be decoded.
  if (cookie->size() > 2 * id_bytes || !decode_base64url(*cookie, id) || id.size() != id_bytes) return {};
  return http::Pending(read_stored(std::move(id), facts));
}

Task<void> SessionEngine::read_stored(std::string id, SessionFacts& facts) const {
  std::optional<std::string> found = co_await options_.store->get(store_key(id));
  if (!found) co_return;  // an id that the store does not have is never taken over
  facts.id = std::move(id);
  take(facts, read_session_record(*found));
  facts.stored = std::move(*found);
}

void SessionEngine::take(SessionFacts& facts, std::optional<SessionRecord> record) const {
  if (!record || !is_valid(*record)) return;
  facts.exists = true;
  facts.issued = record->issued;
  facts.seen = record->seen;
  facts.json = std::move(record->json);
}

void SessionEngine::discard(SessionFacts& facts) const {
  facts.exists = false;
  facts.json = empty_;
}

// --- saving ---------------------------------------------------------------------------------------

http::Pending SessionEngine::save(SessionFacts& facts, std::optional<std::string> value, Response& response) const {
  // If the save failed, its error is the response, which must not save again.
  if (std::exchange(facts.is_settled, true)) return {};
  response.add_vary("Cookie");
  const seconds now = this->now();
  const bool is_new = !facts.exists || facts.is_renewed || facts.is_cleared;
  SessionRecord record{
      .issued = is_new ? now : facts.issued, .seen = now, .json = value ? *std::move(value) : facts.json};
  if (facts.is_cleared && record.json == empty_) {
    if (facts.has_cookie) delete_cookie(response);
    return facts.id.empty() ? http::Pending() : http::Pending(erase(facts));
  }
  const bool is_changed = facts.is_renewed || facts.is_cleared || record.json != facts.json;
  if (!is_changed && !is_half_idle(facts, now)) return {};
  if (seal_) {
    set_cookie(response, seal_->seal(record), record);
    return {};
  }
  if (is_new) return http::Pending(save_new(facts, std::move(record), response));
  return http::Pending(is_changed ? save_again(facts, std::move(record), response)
                                  : refresh(facts, std::move(record), response));
}

std::string SessionEngine::store_key(const std::string& id) const {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), bytes_of(id), id.size());
  return "session:" + options_.cookie + ":" + base64url({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

/// Under a new id. The old one is forgotten afterwards, so that a failure loses nothing. If another request has ended
/// the old session meanwhile, the new one does not bring it back.
Task<void> SessionEngine::save_new(SessionFacts& facts, SessionRecord record, Response& response) const {
  const SecretKey id = SecretKey::random(id_bytes);
  const std::string key = store_key(std::string(id.reveal()));
  co_await options_.store->set(key, to_bytes(record), rest_of(record));
  if (!facts.id.empty()) {
    const bool was_there = co_await options_.store->erase(store_key(facts.id));
    if (!was_there && !facts.is_cleared) {
      static_cast<void>(co_await options_.store->erase(key));
      co_return;
    }
  }
  set_cookie(response, base64url(id.reveal()), record);
}

/// Other requests may have saved the session meanwhile: the last one wins. If one has erased it, it stays erased.
Task<void> SessionEngine::save_again(SessionFacts& facts, SessionRecord record, Response& response) const {
  constexpr int most_tries = 16;
  const std::string key = store_key(facts.id);
  const std::string bytes = to_bytes(record);
  std::string expected = facts.stored;
  for (int tries = 0; tries < most_tries; ++tries) {
    if (co_await options_.store->compare_and_set(key, expected, bytes, rest_of(record))) {
      if (options_.is_persistent) set_cookie(response, base64url(facts.id), record);
      co_return;
    }
    std::optional<std::string> found = co_await options_.store->get(key);
    if (!found) co_return;
    expected = std::move(*found);
  }
  throw Unavailable("Too many requests change this session at once");
}

/// If another request has changed the session meanwhile, it has refreshed it, too.
Task<void> SessionEngine::refresh(SessionFacts& facts, SessionRecord record, Response& response) const {
  const std::string key = store_key(facts.id);
  const bool is_set = co_await options_.store->compare_and_set(key, facts.stored, to_bytes(record), rest_of(record));
  if (is_set && options_.is_persistent) set_cookie(response, base64url(facts.id), record);
}

Task<void> SessionEngine::erase(SessionFacts& facts) const {
  const std::string key = store_key(facts.id);
  co_await options_.store->erase(key);
}

// --- the cookie -----------------------------------------------------------------------------------

http::CookieOptions SessionEngine::attributes() const {
  return {.secure = options_.secure, .http_only = true, .same_site = options_.same_site};
}

void SessionEngine::set_cookie(Response& response, const std::string& value, const SessionRecord& record) const {
  http::CookieOptions attributes = this->attributes();
  if (options_.is_persistent) {
    const seconds rest = rest_of(record);
    attributes.max_age = rest == seconds(0) ? longest_cookie : std::min(rest, longest_cookie);
  }
  response.set_cookie(options_.cookie, value, attributes);
  make_private(response);
}

/// With the attributes with which it was set: browsers ignore a cookie called "__Host-" that is not `Secure`.
void SessionEngine::delete_cookie(Response& response) const {
  http::CookieOptions attributes = this->attributes();
  attributes.max_age = seconds(0);
  response.set_cookie(options_.cookie, "", attributes);
  make_private(response);
}

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
// Header fields: `Headers` owns its text (responses), `RequestHeaders` refers to the read buffer (requests).
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::http {

/// ASCII case-insensitive equality, the comparison of field names (RFC 9110 section 5.1).
[[nodiscard]] bool iequals(std::string_view a, std::string_view b) noexcept;

/// A field. Lifetime: that of the request, or until the next change of the `Headers`.
struct HeaderView {
  std::string_view name;   ///< as received or added
  std::string_view value;  ///< that of a request has no leading and trailing white space
};

/// The header fields of a request, in the order of the wire. Names compare case-insensitively.
class RequestHeaders {
 public:
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  /// The elements of all fields of that name as one list: "a, b" are two. Empty ones are left out (RFC 9110 section
  /// 5.6.1). Not for fields whose elements may be quoted.
  [[nodiscard]] std::vector<std::string_view> get_list(std::string_view name) const;
  /// All fields of that name, joined with commas to one list (RFC 9110 section 5.3); empty if there is none.
  [[nodiscard]] std::string get_joined(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return get(name).has_value(); }
  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
  [[nodiscard]] auto begin() const noexcept { return fields_.begin(); }
  [[nodiscard]] auto end() const noexcept { return fields_.end(); }

  /// For the connection, which builds requests: the texts must outlive the request.
  void add(std::string_view name, std::string_view value) { fields_.push_back({name, value}); }
  void clear() noexcept { fields_.clear(); }

 private:
  std::vector<HeaderView> fields_;
};

/// The header fields of a response, in the order in which they were added. A text that it returns is valid until the
/// next change.
/// Errors: `std::invalid_argument` for a name that is not a token (RFC 9110 section 5.6.2) or a value with CR, LF or
/// NUL, so that no input can split a response.
class Headers {
 public:
  using Field = HeaderView;

  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);
  Headers(const Headers& other);
  Headers(Headers&& other) noexcept = default;
  Headers& operator=(const Headers& other);
  Headers& operator=(Headers&& other) noexcept = default;
  ~Headers() = default;

  /// Replaces all fields of that name by one, at the position of the first.
  void set(std::string_view name, std::string_view value);
  /// Adds one more field, keeping others of that name (`set-cookie`, `vary`, `link`).
  void add(std::string_view name, std::string_view value);
  /// Removes all fields of that name; returns whether there was one.
  bool erase(std::string_view name);
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return get(name).has_value(); }
  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
  [[nodiscard]] auto begin() const noexcept { return fields_.begin(); }
  [[nodiscard]] auto end() const noexcept { return fields_.end(); }
  /// Keeps the memory for further fields.
  void clear() noexcept;

 private:
  [[nodiscard]] Field append(std::string_view name, std::string_view value);

  std::vector<Field> fields_;  // in text_
  std::vector<char> text_;     // with the texts of fields that were replaced or removed
};

/// Whether one of the fields of that name, whose value is a list (RFC 9110 section 5.6.1), has that element, in any
/// case of letters: `has_list_element(response.headers(), "cache-control", "no-store")`.
[[nodiscard]] bool has_list_element(const Headers& headers, std::string_view name, std::string_view element) noexcept;
[[nodiscard]] bool has_list_element(const RequestHeaders& headers, std::string_view name,
                                    std::string_view element) noexcept;

}  // namespace serval::http

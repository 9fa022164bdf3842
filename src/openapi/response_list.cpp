// SPDX-License-Identifier: MIT
#include <serval/openapi/responses.hpp>

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"

namespace serval::openapi {

ResponseKey::ResponseKey(int status) : text_(std::to_string(status)) {}

ResponseKey::ResponseKey(std::string_view key) : text_(key) {
  std::transform(text_.begin(), text_.end(), text_.begin(), detail::to_upper);
  if (text_ == "DEFAULT") text_ = "default";
}

ResponseList::ResponseList() noexcept = default;
ResponseList::ResponseList(std::initializer_list<ResponseInfo> responses)
    : ResponseList(std::vector<ResponseInfo>(responses)) {}
ResponseList::ResponseList(std::vector<ResponseInfo> responses)
    : all_(std::make_shared<const std::vector<ResponseInfo>>(std::move(responses))) {}
ResponseList::ResponseList(const ResponseList& other) noexcept = default;
ResponseList::ResponseList(ResponseList&& other) noexcept = default;
ResponseList& ResponseList::operator=(const ResponseList& other) noexcept = default;
ResponseList& ResponseList::operator=(ResponseList&& other) noexcept = default;
ResponseList::~ResponseList() = default;

std::span<const ResponseInfo> ResponseList::all() const noexcept {
  return all_ != nullptr ? std::span<const ResponseInfo>(*all_) : std::span<const ResponseInfo>();
}

ResponseList merge(const ResponseList& first, const ResponseList& second) {
  if (first.all().empty()) return second;
  if (second.all().empty()) return first;
  std::vector<ResponseInfo> merged(first.all().begin(), first.all().end());
  for (const ResponseInfo& response : second.all()) {
    const auto same = std::find_if(merged.begin(), merged.end(),
                                   [&](const ResponseInfo& each) { return each.status == response.status; });
    if (same == merged.end())
      merged.push_back(response);
    else
      *same = response;
  }
  return ResponseList(std::move(merged));
}

}  // namespace serval::openapi

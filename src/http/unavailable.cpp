// SPDX-License-Identifier: MIT
#include <serval/http/unavailable.hpp>

#include <algorithm>
#include <string>

#include <serval/http/status.hpp>

namespace serval {

Unavailable::Unavailable(std::string_view detail, std::chrono::seconds retry_after)
    : HttpError(
          status::service_unavailable, detail,
          http::Headers{{"retry-after", std::to_string(std::max(retry_after, std::chrono::seconds(1)).count())}}) {}

}  // namespace serval

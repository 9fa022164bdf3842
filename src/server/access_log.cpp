// SPDX-License-Identifier: MIT
#include "server/access_log.hpp"

#include <spdlog/logger.h>
#include <string>

namespace serval::detail {

void AccessLog::finished(const Request& request, const Finished& how) {
  const bool is_ipv6 = request.client().host.find(':') != std::string::npos;
  const std::string status = how.status != 0 ? std::to_string(how.status) : "-";
  const std::string_view ending = how.ending == http::Ending::complete ? std::string_view() : http::to_text(how.ending);
  // The parser lets no control byte into method or target, so no line can be forged.
  const bool is_known = !request.method_text().empty();
  logger_->info("{}{}{}:{} - \"{}{}{}{}{}\" {} {:.3f}ms{}{}", is_ipv6 ? "[" : "", request.client().host,
                is_ipv6 ? "]" : "", request.client().port, request.method_text(), is_known ? " " : "-",
                request.target(), is_known ? " HTTP/1." : "", is_known ? std::to_string(request.version_minor()) : "",
                status, std::chrono::duration<double, std::milli>(how.duration).count(), ending.empty() ? "" : " ",
                ending);
}

}  // namespace serval::detail

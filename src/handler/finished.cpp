// SPDX-License-Identifier: MIT
#include <serval/handler/finished.hpp>

namespace serval::http {

std::string_view to_text(Ending ending) noexcept {
  switch (ending) {
    case Ending::complete:
      return "complete";
    case Ending::client_gone:
      return "client_gone";
    case Ending::deadline:
      return "deadline";
    case Ending::failed:
      return "failed";
    case Ending::stopped:
      return "stopped";
  }
  return "";
}

}  // namespace serval::http

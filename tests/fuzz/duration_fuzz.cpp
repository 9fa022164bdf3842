// SPDX-License-Identifier: MIT
// Reads durations from any text. Each is accepted or rejected with a fault, and an accepted value is the same after it
// is written and read again.
#include "types/scalar_duration.hpp"
#include "types/scalar_format.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace serval::detail;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::chrono::microseconds value{};
  std::chrono::microseconds again{};
  Fault fault;
  if (!parse_duration(text, value, fault)) {
    if (fault.type != "time_delta_parsing" || fault.ctx.empty()) std::abort();
    return 0;
  }
  std::string shown;
  append_duration(shown, value, Style::model);
  if (!parse_duration(shown, again, fault) || again != value) std::abort();
  shown.clear();
  append_duration(shown, value, Style::python);
  return 0;
}

// SPDX-License-Identifier: MIT
#include <serval/app/run_extension.hpp>

#include <mutex>
#include <vector>

namespace serval::detail {

namespace {

/// One for the process, like the command line.
struct Extensions {
  std::mutex mutex;
  std::vector<RunExtension> all;  // guarded by `mutex`
};
Extensions& extensions() {
  static Extensions known;
  return known;
}

}  // namespace

void add_run_extension(RunExtension extension) {
  const std::scoped_lock lock(extensions().mutex);
  extensions().all.push_back(extension);
}

void extend(App& app) {
  std::vector<RunExtension> all;
  {
    const std::scoped_lock lock(extensions().mutex);
    all = extensions().all;
  }
  for (const RunExtension extension : all) extension(app);
}

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
// The dependencies of a route, each once, in the order in which they are called: a dependency after those that it
// depends on. Those that need no body are called before it is read; of these, and of the others, guards come first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <serval/params/binding.hpp>
#include <serval/params/dependency.hpp>

namespace serval::detail {

/// Functions that stand in for dependencies, by the key of those.
class Overrides {
 public:
  struct Override {
    const DependencyOps* ops;
    std::shared_ptr<const void> function;
  };
  void set(const void* key, Override replacement) { replacements_[key] = std::move(replacement); }
  void erase(const void* key) { replacements_.erase(key); }
  void clear() noexcept { replacements_.clear(); }
  [[nodiscard]] bool empty() const noexcept { return replacements_.empty(); }
  /// Null where there is none.
  [[nodiscard]] const Override* find(const void* key) const;

 private:
  std::map<const void*, Override> replacements_;
};

class Plan {
 public:
  struct Step {
    const DependencyUse* use;
    const DependencyOps* ops;
    std::shared_ptr<const void> function;  // of an override
    Binding binding;                       // of the function's own arguments
    bool is_after_body;                    // no use of it asks for more
    bool is_guard = false;                 // asks for a client's identity, or one that does depends on it
    bool is_late = false;                  // called once the body has been read
  };
  /// The two parts of a plan: what is called before a body is read, and what is called after that.
  enum class Part : std::uint8_t { early, late };

  /// Adds a dependency and those below it, where they are not there yet, and tells its step.
  /// Errors: SetupError as `Binding`; for a dependency that depends on itself; for one whose value lives longer than
  /// that of one below it.
  std::size_t add(const DependencyUse& use, const BindingContext& context);

  /// To be called once all are there.
  void arrange();

  /// As they were added.
  [[nodiscard]] const std::vector<Step>& steps() const noexcept { return steps_; }
  /// Those of a part, as they are to be called: guards first.
  [[nodiscard]] std::span<const std::size_t> order(Part part) const noexcept;
  /// Whether a step of that part is a coroutine.
  [[nodiscard]] bool waits(Part part) const noexcept;

 private:
  void mark_guard(Step& step);
  [[nodiscard]] bool must_be_late(const Step& step) const;

  std::vector<Step> steps_;
  std::vector<std::size_t> order_;  // the early ones, then the late ones
  std::size_t early_ = 0;           // how many there are
  std::vector<const void*> open_;   // keys of those whose arguments are being bound
};

}  // namespace serval::detail

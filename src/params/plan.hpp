// SPDX-License-Identifier: MIT
// The dependencies of a route, each once, in the order of their calls: a dependency after those that it depends on.
// Those that do not need the body are called before it is read; in both groups, guards come first.
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
#include <serval/params/security_scopes.hpp>

namespace serval::detail {

/// Replacements of dependencies, by the key of the dependency.
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
  /// Null if there is none.
  [[nodiscard]] const Override* find(const void* key) const;

 private:
  std::map<const void*, Override> replacements_;
};

class Plan {
 public:
  /// The use of a step's value by another step, seen from one of them.
  struct Link {
    std::size_t step;     // the other one
    bool is_alternative;  // the step that is used is one of the alternatives of its user
  };
  struct Step {
    const DependencyUse* use;
    const DependencyOps* ops;
    std::shared_ptr<const void> function;  // of a replacement
    Binding binding;                       // the function's own arguments
    bool is_after_body;                    // all uses of it have `after_body`
    bool is_guard = false;                 // has security requirements, or a guard depends on it
    bool is_late = false;                  // called after the body has been read
    // The scopes that its uses require, each once.
    std::vector<std::string_view> scopes;              // of the use for which it was added, and of those around it
    std::vector<std::string_view> scopes_of_all_uses;  // for the document
    bool sees_scopes = false;                          // its function or a dependency of it reads `scopes`
    // Alternatives.
    std::vector<Link> below{};          // the steps whose values its arguments take
    bool stands_on_credential = false;  // it, or one below it, is replaced or tells whether its credential is there
    bool is_certain = false;            // called for every request, whichever alternatives are chosen
    std::vector<Link> users{};          // the steps that take its value, unless it is certain
  };
  /// The two parts of a plan: steps before the body is read, and steps after that.
  enum class Part : std::uint8_t { early, late };

  /// Adds a dependency and its own dependencies, if they are not in the plan yet, and returns its step. Errors:
  /// SetupError as `Binding`; for a dependency that depends on itself; for one whose value lives longer than that of
  /// one of its dependencies.
  std::size_t add(const DependencyUse& use, const BindingContext& context);

  /// While a dependency's arguments are being bound: the scopes that its use and those around it require, the outermost
  /// first, each once.
  [[nodiscard]] SecurityScopes open_scopes() const;

  /// Must be called after all were added.
  void arrange();

  /// The steps in the order in which they were added.
  [[nodiscard]] const std::vector<Step>& steps() const noexcept { return steps_; }
  /// The steps of a part in the order of their calls: guards first.
  [[nodiscard]] std::span<const std::size_t> order(Part part) const noexcept;
  /// The steps that the handler, its route, routers and application depend on, in the order in which they were added.
  [[nodiscard]] std::span<const std::size_t> roots() const noexcept { return roots_; }
  /// Whether a step of that part is a coroutine.
  [[nodiscard]] bool waits(Part part) const noexcept;

 private:
  /// The step of an equal use that shares its value, or the end.
  [[nodiscard]] std::vector<Step>::iterator find_shared(const DependencyUse& use);
  [[nodiscard]] std::size_t add_step(const DependencyUse& use, const BindingContext& context);
  void note_scopes(Step& step, std::vector<std::string_view> scopes);
  void mark_guard(Step& step);
  void mark_certain(Step& step);
  [[nodiscard]] bool must_be_late(const Step& step) const;

  std::vector<Step> steps_;
  std::vector<std::size_t> roots_;
  std::vector<std::size_t> order_;             // the early ones, then the late ones
  std::size_t early_ = 0;                      // number of the early ones
  std::vector<const void*> open_;              // keys of the functions whose arguments are being bound
  std::vector<std::string_view> open_scopes_;  // see open_scopes()
};

}  // namespace serval::detail

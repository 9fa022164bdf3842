// SPDX-License-Identifier: MIT
// A whole struct of parameters: one query parameter, header, cookie or form field for each member.
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <serval/base/json_escape.hpp>

#include "base/ascii.hpp"
#include "params/extract.hpp"
#include "schema/encoder.hpp"

namespace serval::detail {

namespace {

class Group {
 public:
  Group(const BoundParameter& parameter, const TextSource& source, Decoder& decoder, void* out)
      : parameter_(parameter), source_(source), decoder_(decoder), model_(*parameter.type->model), out_(out) {}

  void extract() {
    for (std::size_t i = 0; i < model_.member_count; ++i) extract_member(i);
    if (model_.config.extra == schema::Extra::forbid) report_others();
    if (whole_) decoder_.run_check(model_, out_, [this](std::string_view) { return whole_input(); });
  }

 private:
  void extract_member(std::size_t index) {
    const Member& member = model_.members[index];
    void* out = model_.at(out_, index);
    decoder_.enter(member.wire);
    switch (source_.read(parameter_.group_wires[index], *member.type, nullptr, decoder_, out)) {
      case Found::absent:
        if (member.type->has_default_factory()) make_default(*member.type, *member.type->rules, out);
        if (member.type->may_be_absent()) break;
        decoder_.report_missing(whole_input());
        whole_ = false;
        break;
      case Found::faulty:
        whole_ = false;
        break;
      case Found::whole:
        break;
    }
    decoder_.leave();
  }

  /// A name in the input that belongs to no member.
  struct Other {
    std::string name;  // in lower case for a header
    std::vector<std::string_view> texts;
  };

  /// In the order of their first occurrence. Found on first use, at a cost linear in the input.
  const std::vector<Other>& others() const {
    if (others_) return *others_;
    others_.emplace();
    constexpr std::size_t of_member = static_cast<std::size_t>(-1);
    std::unordered_map<std::string, std::size_t> places;
    const bool is_header = parameter_.source == Source::header;
    for (const std::string& wire : parameter_.group_wires) places.emplace(is_header ? lowered(wire) : wire, of_member);
    const auto visit = [&](std::string_view name, std::string_view text) {
      const auto [place, is_new] = places.emplace(is_header ? lowered(name) : std::string(name), others_->size());
      if (place->second == of_member) return;
      if (is_new) others_->push_back({place->first, {}});
      (*others_)[place->second].texts.push_back(text);
    };
    source_.each(visit);
    return *others_;
  }

  static std::string texts_as_json(const std::vector<std::string_view>& texts) {
    return texts.size() == 1 ? input_of(texts.front()) : list_as_json(texts);
  }

  static std::string list_as_json(const std::vector<std::string_view>& texts) {
    std::string out = "[";
    for (std::string_view text : texts) {
      if (out.size() > 1) out += ',';
      append_json_string(out, text);
    }
    return out + ']';
  }

  void report_others() {
    for (const Other& other : others()) {
      decoder_.enter(other.name);
      decoder_.report({.type = "extra_forbidden", .msg = "Extra inputs are not permitted"}, texts_as_json(other.texts));
      decoder_.leave();
      whole_ = false;
    }
  }

  /// The input that an error of the whole struct shows: given values, defaults of absent ones, and other names in the
  /// input.
  const std::string& whole_input() const {
    if (!whole_input_.empty()) return whole_input_;
    std::string& out = whole_input_;
    out = "{";
    const auto append = [&out](std::string_view name, std::string_view json_text) {
      if (out.size() > 1) out += ',';
      append_json_string(out, name);
      out += ':';
      out += json_text;
    };
    std::vector<std::string_view> texts;
    for (std::size_t i = 0; i < model_.member_count; ++i) append_member(i, texts, append);
    for (const Other& other : others()) append(other.name, texts_as_json(other.texts));
    return out += '}';
  }

  template <class Append>
  void append_member(std::size_t index, std::vector<std::string_view>& texts, Append append) const {
    const Member& member = model_.members[index];
    source_.collect(parameter_.group_wires[index], *member.type, texts);
    if (!texts.empty()) {
      append(member.wire, takes_all(*member.type) ? list_as_json(texts) : input_of(source_.one_of(texts)));
    } else if (member.type->is_default) {
      std::string text;
      encode(text, *member.type, model_.at(static_cast<const void*>(out_), index), {});
      if (text != "null") append(member.wire, text);
    }
  }

  const BoundParameter& parameter_;
  const TextSource& source_;
  Decoder& decoder_;
  const Model& model_;
  void* out_;
  mutable std::optional<std::vector<Other>> others_;
  mutable std::string whole_input_;  // empty: not made yet
  bool whole_ = true;
};

}  // namespace

void extract_group(const BoundParameter& parameter, const TextSource& source, Decoder& decoder, void* out) {
  decoder.enter(name_of(parameter.source));
  Group(parameter, source, decoder, out).extract();
  decoder.leave();
}

}  // namespace serval::detail

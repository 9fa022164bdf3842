// SPDX-License-Identifier: MIT
// A whole struct of parameters: one query parameter, header or cookie a member.
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

const Type& without_optional(const Type& type) { return type.kind == Kind::optional ? *type.element : type; }

bool takes_all(const Type& type) {
  const Kind kind = without_optional(type).kind;
  return kind == Kind::list || kind == Kind::set;
}

class Group {
 public:
  Group(const BoundParameter& parameter, const Exchange& exchange, Decoder& decoder, void* out)
      : parameter_(parameter),
        request_(exchange.request),
        decoder_(decoder),
        model_(*parameter.type->model),
        out_(out) {}

  void extract() {
    for (std::size_t i = 0; i < model_.member_count; ++i) extract_member(i);
    if (model_.config.extra == Extra::forbid) report_others();
    if (whole_) decoder_.run_check(model_, out_, [this](std::string_view) { return whole_input(); });
  }

 private:
  void extract_member(std::size_t index) {
    const Member& member = model_.members[index];
    void* out = model_.at(out_, index);
    decoder_.enter(member.wire);
    collect_texts(parameter_.source, request_, parameter_.group_wires[index], texts_);
    if (texts_.empty()) {
      if (!member.type->may_be_absent()) {
        decoder_.report_missing(whole_input());
        whole_ = false;
      }
    } else if (takes_all(*member.type)) {
      whole_ = decoder_.decode(*member.type, nullptr, texts_, out) && whole_;
    } else {
      const std::string_view text = parameter_.source == Source::header ? texts_.front() : texts_.back();
      whole_ = decoder_.decode(*member.type, nullptr, text, out) && whole_;
    }
    decoder_.leave();
  }

  /// A name that came and belongs to no member.
  struct Other {
    std::string name;  // of a header in lower case
    std::vector<std::string_view> texts;
  };

  /// In the order of their first coming. Found when first asked for, at a cost linear in what came.
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
    if (parameter_.source == Source::query) {
      for (const auto& [name, text] : request_.query_params()) visit(name, text);
    } else if (is_header) {
      for (const HeaderView& field : request_.headers()) visit(field.name, field.value);
    } else {
      for (const auto& [name, text] : request_.cookies()) visit(name, text);
    }
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
      decoder_.report({"extra_forbidden", "Extra inputs are not permitted", {}}, texts_as_json(other.texts));
      decoder_.leave();
      whole_ = false;
    }
  }

  /// The object that a fault of the whole struct shows: what was given, defaults of what was not, and what else came.
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
    collect_texts(parameter_.source, request_, parameter_.group_wires[index], texts);
    if (!texts.empty()) {
      if (takes_all(*member.type))
        append(member.wire, list_as_json(texts));
      else
        append(member.wire, input_of(parameter_.source == Source::header ? texts.front() : texts.back()));
    } else if (member.type->is_default) {
      std::string text;
      encode(text, *member.type, model_.at(static_cast<const void*>(out_), index), {});
      if (text != "null") append(member.wire, text);
    }
  }

  const BoundParameter& parameter_;
  const Request& request_;
  Decoder& decoder_;
  const Model& model_;
  void* out_;
  std::vector<std::string_view> texts_;
  mutable std::optional<std::vector<Other>> others_;
  mutable std::string whole_input_;  // empty: not made yet
  bool whole_ = true;
};

}  // namespace

void extract_group(const BoundParameter& parameter, const Exchange& exchange, Decoder& decoder, void* out) {
  decoder.enter(name_of(parameter.source));
  Group(parameter, exchange, decoder, out).extract();
  decoder.leave();
}

}  // namespace serval::detail

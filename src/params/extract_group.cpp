// SPDX-License-Identifier: MIT
// A whole struct of parameters: one query parameter, header or cookie a member.
#include <algorithm>

#include <serval/base/json_escape.hpp>

#include "params/extract.hpp"
#include "schema/encoder.hpp"

namespace serval::detail {

namespace {

const Type& without_optional(const Type& type) { return type.kind == Kind::optional ? *type.element : type; }

bool takes_all(const Type& type) {
  const Kind kind = without_optional(type).kind;
  return kind == Kind::list || kind == Kind::set;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
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
    for (std::size_t i = 0; i < model_.member_count; ++i) extract_member(model_.members[i], model_.at(out_, i));
    if (model_.config.extra == Extra::forbid) report_extras();
    if (whole_) decoder_.run_check(model_, out_, [this](std::string_view) { return whole_input(); });
  }

 private:
  /// Headers are written with hyphens where members have underscores; an alias is taken as it is.
  [[nodiscard]] std::string wire_name(const Member& member) const {
    std::string name(member.wire);
    if (parameter_.source == Source::header && member.wire == member.name && !parameter_.rules->keep_underscores) {
      std::replace(name.begin(), name.end(), '_', '-');
    }
    return name;
  }

  void extract_member(const Member& member, void* out) {
    const std::string wire = wire_name(member);
    decoder_.enter(member.wire);
    collect_texts(parameter_.source, request_, wire, texts_);
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

  /// All names that came and belong to no member, in order, each once.
  template <class Use>
  void each_extra(Use use) const {
    std::vector<std::string> seen;
    const auto visit = [&](std::string_view name) {
      std::string key = parameter_.source == Source::header ? lower(name) : std::string(name);
      for (std::size_t i = 0; i < model_.member_count; ++i) {
        if (parameter_.source == Source::header ? iequals(wire_name(model_.members[i]), key)
                                                : wire_name(model_.members[i]) == key)
          return;
      }
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) return;
      seen.push_back(key);
      use(key);
    };
    if (parameter_.source == Source::query) {
      for (const auto& pair : request_.query_params()) visit(pair.first);
    } else if (parameter_.source == Source::header) {
      for (const HeaderView& field : request_.headers()) visit(field.name);
    } else {
      for (const auto& pair : request_.cookies()) visit(pair.first);
    }
  }

  [[nodiscard]] std::string texts_as_json(std::string_view name) const {
    std::vector<std::string_view> texts;
    collect_texts(parameter_.source, request_, name, texts);
    if (texts.size() == 1) return input_of(texts.front());
    return list_as_json(texts);
  }

  static std::string list_as_json(const std::vector<std::string_view>& texts) {
    std::string out = "[";
    for (std::string_view text : texts) {
      if (out.size() > 1) out += ',';
      append_json_string(out, text);
    }
    return out + ']';
  }

  void report_extras() {
    each_extra([this](const std::string& name) {
      decoder_.enter(name);
      decoder_.report({"extra_forbidden", "Extra inputs are not permitted", {}}, texts_as_json(name));
      decoder_.leave();
      whole_ = false;
    });
  }

  /// The object that a fault of the whole struct shows: what was given, defaults of what was not, and what else came.
  [[nodiscard]] std::string whole_input() const {
    std::string out = "{";
    const auto append = [&out](std::string_view name, std::string_view json_text) {
      if (out.size() > 1) out += ',';
      append_json_string(out, name);
      out += ':';
      out += json_text;
    };
    std::vector<std::string_view> texts;
    for (std::size_t i = 0; i < model_.member_count; ++i) append_member(i, texts, append);
    each_extra([&](const std::string& name) { append(name, texts_as_json(name)); });
    return out + '}';
  }

  template <class Append>
  void append_member(std::size_t index, std::vector<std::string_view>& texts, Append append) const {
    const Member& member = model_.members[index];
    collect_texts(parameter_.source, request_, wire_name(member), texts);
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
  bool whole_ = true;
};

}  // namespace

void extract_group(const BoundParameter& parameter, const Exchange& exchange, Decoder& decoder, void* out) {
  constexpr std::string_view names[] = {"path", "query", "header", "cookie", "body"};
  decoder.enter(names[static_cast<std::size_t>(parameter.source)]);
  Group(parameter, exchange, decoder, out).extract();
  decoder.leave();
}

}  // namespace serval::detail

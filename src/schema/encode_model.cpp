// SPDX-License-Identifier: MIT
// Models and `Partial`: which members are written, and under which names.
#include <serval/base/json_escape.hpp>

#include "schema/encode_selection.hpp"
#include "schema/encoder.hpp"
#include "types/unwritable.hpp"

namespace serval::detail {

namespace {

/// The text for comparing two values: all members regardless of the selection for a response, including empty
/// optionals. The unset state of inner members counts if the response uses it. Secrets are compared by their hidden
/// values. Empty for a value without a text form.
std::string compared_text(const Type& type, const void* value, const schema::EncodeOptions& options) {
  const schema::EncodeOptions whole{.exclude_unset = options.exclude_unset,
                                    .exclude_defaults = options.exclude_defaults};
  std::string text;
  try {
    encode(text, type, value, whole, Secrets::revealed);
  } catch (const Unwritable&) {
    text.clear();
  }
  return text;
}

bool equals_default(const Model& model, std::size_t member, const void* value, const schema::EncodeOptions& options) {
  struct Context {
    const Model& model;
    std::size_t member;
    const schema::EncodeOptions& options;
    std::string text;
  } context{.model = model, .member = member, .options = options, .text = {}};
  model.with_default(&context, [](void* raw, const void* object) {
    auto& c = *static_cast<Context*>(raw);
    c.text = compared_text(*c.model.members[c.member].type, c.model.at(object, c.member), c.options);
  });
  return compared_text(*model.members[member].type, value, options) == context.text;
}

/// `came`: the member belongs to a `Partial` and is present.
bool is_left_out(const Model& model, std::size_t member, const void* value, const schema::EncodeOptions& options,
                 bool came) {
  const Type& type = *model.members[member].type;
  const bool is_null = type.kind == Kind::optional && type.ops.optional->get(value) == nullptr;
  if (options.exclude_none && is_null) return true;
  const bool skips_unset = options.exclude_unset && !came;
  // Only `Default` knows whether it was set: a plain optional counts as unset while it is empty.
  if (!type.is_default) return is_null && !type.is_nullable && (skips_unset || options.exclude_defaults);
  if (!options.exclude_defaults && !(skips_unset && !type.is_set(value))) return false;
  return equals_default(model, member, value, options);
}

void append_name(std::string& out, std::string_view name, bool is_plain) {
  if (is_plain) {
    out += '"';
    out += name;
    out += "\":";
  } else {
    append_json_string(out, name);
    out += ':';
  }
}

struct ComputedWriter {
  std::string& out;
  const Type& type;
  const schema::EncodeOptions& options;
  Secrets secrets;

  static void write(void* raw, const void* value) {
    const auto& writer = *static_cast<ComputedWriter*>(raw);
    encode(writer.out, writer.type, value, writer.options, writer.secrets);
  }
};

void encode_computed(std::string& out, const ComputedMember& member, const Model& model, const void* object,
                     const schema::EncodeOptions& options, Secrets secrets) {
  ComputedWriter writer{.out = out, .type = *member.type, .options = options, .secrets = secrets};
  const auto offset = static_cast<const char*>(member.address) - static_cast<const char*>(model.ghost);
  member.with(static_cast<const char*>(object) + offset, &writer, ComputedWriter::write);
}

/// Writes the members of an object one after the other.
class ModelWriter {
 public:
  ModelWriter(std::string& out, const Model& model, const void* object, const schema::EncodeOptions& options,
              Secrets secrets)
      : out_(out), model_(model), object_(object), options_(options), secrets_(secrets) {}

  /// `given`: the members that are present in a `Partial`; otherwise null.
  void write(const std::uint64_t* given) {
    std::string_view name;  // the member that is being written
    try {
      for (std::size_t i = 0; i < model_.member_count; ++i) {
        name = model_.members[i].name;
        if (given == nullptr || ((*given >> i) & 1U) != 0) write_member(i, given != nullptr);
      }
      for (std::size_t i = 0; i < model_.computed_count && given == nullptr; ++i) {
        name = model_.computed[i].wire;
        write_computed(model_.computed[i]);
      }
    } catch (const Unwritable& fault) {
      throw fault.within(name);
    }
    if (separator_ == '{') out_ += '{';
    out_ += '}';
  }

 private:
  void write_member(std::size_t index, bool came) {
    const Member& member = model_.members[index];
    const void* value = model_.at(object_, index);
    if (member.excluded || (selects_ && !selects_member(options_, member.name))) return;
    if (filters_ && is_left_out(model_, index, value, options_, came)) return;
    out_ += separator_;
    separator_ = ',';
    if (options_.by_alias)
      append_name(out_, member.output, member.plain_output);
    else
      append_name(out_, member.name, true);
    if (selects_)
      encode(out_, *member.type, value, options_within(options_, member.name), secrets_);
    else
      encode(out_, *member.type, value, options_, secrets_);
  }
  void write_computed(const ComputedMember& member) {
    if (selects_ && !selects_member(options_, member.wire)) return;
    out_ += separator_;
    separator_ = ',';
    append_name(out_, member.wire, false);
    if (selects_)
      encode_computed(out_, member, model_, object_, options_within(options_, member.wire), secrets_);
    else
      encode_computed(out_, member, model_, object_, options_, secrets_);
  }

  std::string& out_;
  const Model& model_;
  const void* object_;
  const schema::EncodeOptions& options_;
  Secrets secrets_;
  const bool filters_ = options_.exclude_none || options_.exclude_unset || options_.exclude_defaults;
  const bool selects_ = !options_.include.empty() || !options_.exclude.empty();
  char separator_ = '{';
};

}  // namespace

void encode_model(std::string& out, const Model& model, const void* object, const schema::EncodeOptions& options,
                  const std::uint64_t* given, Secrets secrets) {
  ModelWriter(out, model, object, options, secrets).write(given);
}

}  // namespace serval::detail

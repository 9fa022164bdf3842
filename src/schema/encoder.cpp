// SPDX-License-Identifier: MIT
#include "schema/encoder.hpp"

#include <cmath>

#include <serval/base/json_escape.hpp>
#include <serval/schema/codec.hpp>
#include <serval/types/datetime.hpp>
#include <serval/types/uuid.hpp>

#include "json/writer.hpp"
#include "schema/scalar_decode.hpp"
#include "schema/text_ops.hpp"
#include "types/scalar_format.hpp"
#include "types/unwritable.hpp"

namespace serval::detail {

namespace {

void encode_integer(std::string& out, const Type& type, const void* value) {
  switch (type.bytes) {
    case 1:
      return type.is_signed ? append_int(out, *static_cast<const std::int8_t*>(value))
                            : append_uint(out, *static_cast<const std::uint8_t*>(value));
    case 2:
      return type.is_signed ? append_int(out, *static_cast<const std::int16_t*>(value))
                            : append_uint(out, *static_cast<const std::uint16_t*>(value));
    case 4:
      return type.is_signed ? append_int(out, *static_cast<const std::int32_t*>(value))
                            : append_uint(out, *static_cast<const std::uint32_t*>(value));
    default:
      return type.is_signed ? append_int(out, *static_cast<const std::int64_t*>(value))
                            : append_uint(out, *static_cast<const std::uint64_t*>(value));
  }
}

void encode_number(std::string& out, const Type& type, const void* value) {
  const bool written = type.bytes == 4 ? append_float(out, *static_cast<const float*>(value), FloatStyle::model)
                                       : append_double(out, *static_cast<const double*>(value), FloatStyle::model);
  if (!written) out += "null";
}

/// Writes a number as a key or in a query string, which have no null: values that are not finite are written as the
/// words that the parser accepts.
void append_number_text(std::string& out, const Type& type, const void* value) {
  const double number =
      type.bytes == 4 ? static_cast<double>(*static_cast<const float*>(value)) : *static_cast<const double*>(value);
  if (std::isfinite(number)) return encode_number(out, type, value);
  out += std::isnan(number) ? "nan" : number < 0 ? "-inf" : "inf";
}

std::string_view enumerator_name(const Type& type, const void* value) {
  return name_of(*type.ops.enumeration, type.name, load_integer(type, value));
}

/// Dates, times and UUIDs: texts that need no escape.
void append_plain_scalar(std::string& out, const Type& type, const void* value) {
  if (type.kind == Kind::uuid) return append_uuid(out, *static_cast<const Uuid*>(value));
  if (type.kind == Kind::datetime) {
    DateTime moment;
    if (!type.ops.scalar->load(value, &moment)) throw Unwritable("a point in time must be in the years 1 to 9999");
    return append_datetime(out, moment, Style::model);
  }
  if (type.kind == Kind::date) {
    std::chrono::year_month_day date;
    if (!type.ops.scalar->load(value, &date)) throw Unwritable("a date must be in the years 1 to 9999");
    return append_date(out, date);
  }
  if (type.kind == Kind::time) {
    TimeOfDay time;
    if (!type.ops.scalar->load(value, &time)) throw Unwritable("a time of day must be from 00:00 to 24:00");
    return append_time(out, time, Style::model);
  }
  std::chrono::microseconds duration{};
  if (!type.ops.scalar->load(value, &duration))
    throw Unwritable("a duration must be a number of at most 292,471 years");
  return append_duration(out, duration, Style::model);
}

std::string_view string_of(const Type& type, const void* value) {
  return type.read_only ? *static_cast<const std::string_view*>(value)
                        : std::string_view(*static_cast<const std::string*>(value));
}

void encode_text_form(std::string& out, const TextOps& ops, const void* value) {
  if (ops.is_bare) return ops.append(out, value);
  std::string plain;
  ops.append(plain, value);
  append_json_string(out, plain);
}

void encode_optional(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
                     Secrets secrets) {
  const void* held = type.ops.optional->get(value);
  if (held == nullptr)
    out += "null";
  else
    encode(out, *type.element, held, options, secrets);
}

void encode_json_value(std::string& out, const JsonOps& ops, const void* value) {
  if (ops.append != nullptr) return ops.append(out, value);
  json converted;
  ops.store(&converted, value);
  schema::append_json(out, converted);
}

void encode_literal(std::string& out, const Type& type, const void* value) {
  const RuleValue& literal = type.ops.literal->values[type.ops.literal->load(value)];
  if (literal.kind == ArgValue::text)
    append_json_string(out, literal.text);
  else
    append_int(out, literal.bits);
}

struct ElementWriter {
  std::string& out;
  const Type& type;
  const schema::EncodeOptions& options;
  Secrets secrets;
  char separator;

  static void write(void* raw, const void* element) {
    auto& writer = *static_cast<ElementWriter*>(raw);
    if (writer.separator != '\0') writer.out += writer.separator;
    writer.separator = ',';
    encode(writer.out, writer.type, element, writer.options, writer.secrets);
  }
};

void encode_sequence(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
                     Secrets secrets) {
  out += '[';
  ElementWriter writer{.out = out, .type = *type.element, .options = options, .secrets = secrets, .separator = '\0'};
  type.ops.sequence->each(value, &writer, ElementWriter::write);
  out += ']';
}

void encode_tuple(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
                  Secrets secrets) {
  out += '[';
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (i > 0) out += ',';
    // The operation also returns addresses for decoding; nothing is written through this one.
    encode(out, *type.parts[i], type.ops.tuple->at(const_cast<void*>(value), i), options, secrets);
  }
  out += ']';
}

void encode_map(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
                Secrets secrets) {
  struct Writer {
    std::string& out;
    const Type& type;
    const schema::EncodeOptions& options;
    Secrets secrets;
    char separator;
  } writer{.out = out, .type = type, .options = options, .secrets = secrets, .separator = '{'};
  type.ops.map->each(value, &writer, [](void* raw, const void* key, const void* mapped) {
    auto& w = *static_cast<Writer*>(raw);
    w.out += w.separator;
    w.separator = ',';
    std::string name;
    encode_text(name, *w.type.key, key, w.secrets);
    append_json_string(w.out, name);
    w.out += ':';
    encode(w.out, *w.type.element, mapped, w.options, w.secrets);
  });
  if (writer.separator == '{') out += '{';
  out += '}';
}

}  // namespace

std::int64_t load_integer(const Type& type, const void* value) {
  // Not one conditional expression for both signs: for 32 bits it would be unsigned.
  switch (type.is_signed ? -type.bytes : type.bytes) {
    case -1:
      return *static_cast<const std::int8_t*>(value);
    case 1:
      return *static_cast<const std::uint8_t*>(value);
    case -2:
      return *static_cast<const std::int16_t*>(value);
    case 2:
      return *static_cast<const std::uint16_t*>(value);
    case -4:
      return *static_cast<const std::int32_t*>(value);
    case 4:
      return *static_cast<const std::uint32_t*>(value);
    default:
      return *static_cast<const std::int64_t*>(value);
  }
}

void encode(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
            Secrets secrets) {
  if (type.is_secret && secrets == Secrets::hidden) {
    out += "\"**********\"";
    return;
  }
  switch (type.kind) {
    case Kind::boolean:
      out += *static_cast<const bool*>(value) ? "true" : "false";
      return;
    case Kind::integer:
      return encode_integer(out, type, value);
    case Kind::number:
      return encode_number(out, type, value);
    case Kind::string:
      return append_json_string(out, string_of(type, value));
    case Kind::enumeration:
      return append_json_string(out, enumerator_name(type, value));
    case Kind::literal:
      return encode_literal(out, type, value);
    case Kind::text:
      return encode_text_form(out, *type.ops.text, value);
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
      out += '"';
      append_plain_scalar(out, type, value);
      out += '"';
      return;
    case Kind::json:
      return encode_json_value(out, *type.ops.json, value);
    case Kind::optional:
      return encode_optional(out, type, value, options, secrets);
    case Kind::list:
    case Kind::set:
      return encode_sequence(out, type, value, options, secrets);
    case Kind::map:
      return encode_map(out, type, value, options, secrets);
    case Kind::tuple:
      return encode_tuple(out, type, value, options, secrets);
    case Kind::variant: {
      const void* held = type.ops.variant->get(value);  // throws if an exception left the variant without a value
      return encode(out, *type.parts[type.ops.variant->index(value)], held, options, secrets);
    }
    case Kind::model:
      return encode_model(out, *type.model, value, options, nullptr, secrets);
    case Kind::partial:
      return encode_model(out, *type.model, value, options, type.ops.partial->members(const_cast<void*>(value)),
                          secrets);
    case Kind::upload:
      return append_json_string(out, type.ops.upload->name(value));
    case Kind::custom: {
      ElementWriter writer{
          .out = out, .type = *type.ops.custom->wire, .options = options, .secrets = secrets, .separator = '\0'};
      return type.ops.custom->encode(value, &writer, ElementWriter::write);
    }
  }
}

void encode_text(std::string& out, const Type& type, const void* value, Secrets secrets) {
  if (type.is_secret && secrets == Secrets::hidden) {
    out += "**********";
    return;
  }
  switch (type.kind) {
    case Kind::text:
      return type.ops.text->append(out, value);
    case Kind::number:
      return append_number_text(out, type, value);
    case Kind::string:
      out += string_of(type, value);
      return;
    case Kind::enumeration:
      out += enumerator_name(type, value);
      return;
    case Kind::literal: {
      const RuleValue& literal = type.ops.literal->values[type.ops.literal->load(value)];
      if (literal.kind == ArgValue::text)
        out += literal.text;
      else
        append_int(out, literal.bits);
      return;
    }
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
      return append_plain_scalar(out, type, value);
    case Kind::custom: {
      struct Writer {
        std::string& out;
        const Type& wire;
        Secrets secrets;
      } writer{.out = out, .wire = *type.ops.custom->wire, .secrets = secrets};
      return type.ops.custom->encode(value, &writer, [](void* raw, const void* carried) {
        auto& w = *static_cast<Writer*>(raw);
        encode_text(w.out, w.wire, carried, w.secrets);
      });
    }
    case Kind::boolean:
    case Kind::integer:
    case Kind::json:
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::tuple:
    case Kind::variant:
    case Kind::model:
    case Kind::partial:
    case Kind::upload:
      return encode(out, type, value, {}, secrets);
  }
}

}  // namespace serval::detail

// SPDX-License-Identifier: MIT
// Value types: how code makes and reads each type. In models and parameters, serval makes the same types from the
// client's text.
//
//   $ ./scripts/run 28_value_types
//
//   $ curl http://127.0.0.1:8000/parcel
//   {"id":"0190163d-8694-739b-aea5-966c26f8ad91","sent":"2024-05-01T12:00:00Z","takes":"P1DT12H","price":"1.10",
//     "to":"ann@example.com","track":"https://example.com/p?id=7","from":"::1","label":"AAEC","pin":"**********",
//     "state":"packed","size":"large"}
//   $ curl http://127.0.0.1:8000/facts
//   {"version":7,"year":2024,"arrives":"2024-05-03T00:00:00Z","is_dear":false,"domain":"example.com",
//     "host":"example.com","query":"id=7","is_v6":true,"bytes":3,"pin_digits":4,"is_packed":true,"size":"large"}
#include <serval/serval.hpp>
#include <serval/types.hpp>

#include <chrono>
#include <string>

using namespace serval;
using namespace std::chrono_literals;

enum class Size { small, large };

struct Parcel {
  Uuid id;
  DateTime sent;
  std::chrono::minutes takes;
  Decimal price;
  Email to;
  HttpUrl track;
  IpAddress from;
  Base64Bytes label;
  Secret<> pin;
  Literal<"packed", "sent"> state;
  Size size;
};

// Constructors and `parse` throw std::invalid_argument, which names the error in a text.
Parcel make_parcel() {
  return {.id = Uuid::parse("0190163d-8694-739b-aea5-966c26f8ad91"),  // Uuid::random() makes a new one
          .sent = DateTime::parse("2024-05-01T12:00:00Z"),            // DateTime::now(), DateTime::from_utc(moment)
          .takes = 36h,
          .price = Decimal("1.10"),
          .to = Email("Ann <ann@Example.com>"),
          .track = HttpUrl("https://example.com:443/p?id=7"),
          .from = IpAddress::parse("::1"),
          .label = std::string("\x00\x01\x02", 3),  // the bytes themselves: base64 is only on the wire
          .pin = Secret<>("1234"),
          .state = "packed",
          .size = Size::large};
}

json facts(const Parcel& parcel) {
  return {{"version", parcel.id.version()},
          {"year", static_cast<int>(parcel.sent.date().year())},
          {"arrives", DateTime::from_utc(parcel.sent.utc() + parcel.takes).to_string()},
          {"is_dear", parcel.price > Decimal(10)},
          {"domain", parcel.to.substr(parcel.to.find('@') + 1)},  // an Email is a std::string
          {"host", parcel.track.host()},
          {"query", parcel.track.query().value_or("")},
          {"is_v6", parcel.from.is_v6},
          {"bytes", parcel.label.size()},  // a Base64Bytes is a std::string of the bytes
          {"pin_digits", parcel.pin.reveal().size()},
          {"is_packed", parcel.state == "packed"},
          {"size", enum_name(parcel.size)}};
}

int main(int argc, char** argv) {
  App app;
  app.get("/parcel")([] { return make_parcel(); });
  app.get("/facts")([] { return facts(make_parcel()); });
  return app.run(argc, argv);
}

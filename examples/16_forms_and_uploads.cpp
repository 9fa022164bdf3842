// SPDX-License-Identifier: MIT
// Forms and files: fields and uploads are parameters like any other; large uploads go to a temporary file.
//
//   $ ./scripts/run 16_forms_and_uploads
//
//   $ curl -d name=Ada -d email=ada@example.com -d topics=news -d topics=jobs http://127.0.0.1:8000/newsletter
//   {"name":"Ada","topics":["news","jobs"]}
//   $ curl -d name= http://127.0.0.1:8000/newsletter
//   {"detail":[
//     {"type":"missing","loc":["body","name"],"msg":"Field required","input":{"topics":[]}},
//     {"type":"missing","loc":["body","email"],"msg":"Field required","input":{"topics":[]}}]}
//   $ curl -F 'photo=GIF89a;filename=cat.gif;type=image/gif' -F title=Tom http://127.0.0.1:8000/photos
//   {"title":"Tom","filename":"cat.gif","content_type":"image/gif","bytes":6}
//   $ curl -F 'photo=12345;filename=cat.gif;type=image/gif' http://127.0.0.1:8000/photos
//   {"detail":[{"type":"value_error","loc":["body","photo"],"msg":"Value error, the photo is no GIF",
//     "input":"cat.gif","ctx":{"error":{}}}]}
//   $ curl -F title=Tom http://127.0.0.1:8000/photos
//   {"detail":[{"type":"missing","loc":["body","photo"],"msg":"Field required","input":null}]}
//   $ curl -F 'files=one;filename=a.txt' -F 'files=three;filename=b.txt' http://127.0.0.1:8000/sums
//   [{"name":"a.txt","sum":322},{"name":"b.txt","sum":536}]
#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/types.hpp>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace serval;

struct Subscription {
  Field<std::string, max_length(50)> name;
  Email email;
  Default<std::vector<std::string>> topics;
};

// Checks the content, since the client chooses file name and content type.
void must_be_gif(const UploadFile& photo) {
  std::array<char, 4> start{};
  const std::size_t bytes = photo.read_at(0, start.data(), start.size());
  if (std::string_view(start.data(), bytes) != "GIF8") throw std::invalid_argument("the photo is no GIF");
}

constexpr std::string_view page = R"(<!doctype html>
<title>Photos</title>
<form action="/photos" method="post" enctype="multipart/form-data">
  <input name="title" placeholder="Title"> <input name="photo" type="file" required> <button>Send</button>
</form>
)";

int main(int argc, char** argv) {
  App app({.title = "Photos"});
  app.get("/")([] { return html(std::string(page)); });

  app.post("/newsletter")([](Form<Subscription> form) { return json{{"name", form.name}, {"topics", form.topics}}; });

  // Without `max_body_bytes` a body may have 1 MiB.
  app.post("/photos", {.max_body_bytes = 16 * 1024 * 1024})(
      [](File<UploadFile, "photo", validated_by<must_be_gif>> photo, Form<std::optional<std::string>, "title"> title) {
        return json{{"title", title.value_or("untitled")},
                    {"filename", photo.filename()},
                    {"content_type", photo.content_type()},
                    {"bytes", photo.size()}};
      });

  app.post("/sums")([](File<std::vector<UploadFile>, "files"> files) {
    json sums = json::array();
    for (UploadFile& file : files) {
      unsigned sum = 0;
      for (std::string piece = file.read(4096); !piece.empty(); piece = file.read(4096)) {
        for (const char byte : piece) sum += static_cast<unsigned char>(byte);
      }
      sums.push_back({{"name", file.safe_filename()}, {"sum", sum}});
    }
    return sums;
  });
  return app.run(argc, argv);
}

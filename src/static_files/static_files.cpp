// SPDX-License-Identifier: MIT
#include <serval/static_files/static_files.hpp>

#include <serval/base/error.hpp>
#include <serval/http/content_coding.hpp>
#include <serval/http/file_response.hpp>
#include <serval/http/http_error.hpp>

#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "static_files/root_directory.hpp"
#include "static_files/safe_path.hpp"

namespace serval {

using static_files::RootDirectory;
using static_files::SafePath;
using static_files::Symlinks;

namespace {

struct Coding {
  std::string_view name;
  std::string_view suffix;
};
constexpr Coding codings[] = {{"br", ".br"}, {"gzip", ".gz"}};

std::string_view suffix_of(std::string_view coding) noexcept {
  for (const Coding& known : codings) {
    if (known.name == coding) return known.suffix;
  }
  return {};
}

std::string_view last_part(std::string_view path) noexcept { return path.substr(path.find_last_of('/') + 1); }

bool has_suffix(std::string_view path) noexcept { return last_part(path).find('.') != std::string_view::npos; }

/// Whether the client prefers a page to any other type. The other type is one that no client names, so that `*/*` and
/// `text/*`, which match both equally, choose it as the first.
bool prefers_page(const Request& request) {
  return request.preferred_type({"text/vnd.serval.whatever", "text/html"}) == "text/html";
}

bool is_safe_name(const std::string& name) {
  const auto safe = static_files::to_safe_path("/" + name);
  return safe && !safe->path.empty() && !safe->ends_with_slash;
}

void check_name(std::string_view option, const std::string& name, SourceLocation where) {
  if (is_safe_name(name)) return;
  throw SetupError("StaticFiles: " + std::string(option) + " \"" + name + "\" must be a path within the folder", where);
}

}  // namespace

/// The folder and its options; does not change after construction.
struct StaticFiles::Site {
  StaticFilesOptions options;
  RootDirectory root;

  Site(const std::string& directory, StaticFilesOptions its_options)
      : options(std::move(its_options)),
        root(directory, options.follow_symlinks ? Symlinks::followed : Symlinks::refused) {}

  [[nodiscard]] std::optional<http::OpenFile> find_file(const std::string& path) const {
    RootDirectory::Found found = root.open(path);
    if (auto* file = std::get_if<http::OpenFile>(&found)) return std::move(*file);
    return std::nullopt;
  }
  [[nodiscard]] Response answer_file(const Request& request, http::OpenFile file, const std::string& path) const;
  [[nodiscard]] std::optional<Response> answer_packed(std::string_view accepted, const std::string& path) const;
  [[nodiscard]] std::optional<Response> answer_folder(const Request& request, const SafePath& asked) const;
  [[nodiscard]] std::optional<Response> answer_missing_page(const Request& request, std::string_view path) const;
  [[nodiscard]] Response answer_missing(const Request& request, std::string_view path) const;
};

/// The precompressed file in the coding that the client prefers.
std::optional<Response> StaticFiles::Site::answer_packed(std::string_view accepted, const std::string& path) const {
  std::vector<std::string_view> offered;
  for (const Coding& coding : codings) offered.push_back(coding.name);
  while (!offered.empty()) {
    const std::string_view coding = http::negotiate_coding(accepted, offered);
    const std::string_view suffix = suffix_of(coding);
    if (suffix.empty()) return std::nullopt;  // identity
    if (auto packed = find_file(path + std::string(suffix))) {
      // The compressed and the plain file may have the same time and, by chance, the same size: the tag distinguishes
      // them.
      std::string etag = packed->etag();
      etag.insert(etag.size() - 1, "-" + std::string(coding));
      FileResponse response(std::move(*packed), path);
      response.headers().set("etag", etag);
      response.headers().set("content-encoding", coding);
      return response;
    }
    std::erase(offered, coding);
  }
  return std::nullopt;
}

Response StaticFiles::Site::answer_file(const Request& request, http::OpenFile file, const std::string& path) const {
  std::optional<Response> response;
  if (options.precompressed) response = answer_packed(request.headers().get_joined("accept-encoding"), path);
  if (!response) response = FileResponse(std::move(file), path);
  if (options.precompressed) response->headers().add("vary", "accept-encoding");
  if (!options.cache_control.empty()) response->headers().set("cache-control", options.cache_control);
  return std::move(*response);
}

/// The index of a folder; nothing if it has none.
std::optional<Response> StaticFiles::Site::answer_folder(const Request& request, const SafePath& asked) const {
  const std::string path = asked.path.empty() ? options.index : asked.path + "/" + options.index;
  auto index = find_file(path);
  if (!index) return std::nullopt;
  if (asked.ends_with_slash) return answer_file(request, std::move(*index), path);
  // Links in the page are relative to the folder.
  std::string location = std::string(request.root_path()).append(request.raw_path()).append("/");
  if (!request.query_string().empty()) location.append("?").append(request.query_string());
  return redirect(location);
}

/// The fallback for a missing page; nothing if there is none.
std::optional<Response> StaticFiles::Site::answer_missing_page(const Request& request, std::string_view path) const {
  if (!options.fallback.empty() && (!has_suffix(path) || prefers_page(request))) {
    if (auto page = find_file(options.fallback)) return answer_file(request, std::move(*page), options.fallback);
  }
  if (options.html) {
    if (auto page = find_file("404.html")) return FileResponse(std::move(*page), "404.html", {.status = 404});
  }
  return std::nullopt;
}

Response StaticFiles::Site::answer_missing(const Request& request, std::string_view path) const {
  const bool by_accept = !options.fallback.empty() && has_suffix(path);
  auto response = answer_missing_page(request, path);
  if (!response && by_accept) throw HttpError(404, http::reason_phrase(404), {{"vary", "Accept"}});
  if (!response) throw HttpError(404);
  if (by_accept) response->add_vary("Accept");
  return std::move(*response);
}

StaticFiles::StaticFiles(const std::string& directory, StaticFilesOptions options, SourceLocation where) {
  check_name("index", options.index, where);
  if (!options.fallback.empty()) check_name("fallback", options.fallback, where);
  try {
    site_ = std::make_shared<const Site>(directory, std::move(options));
  } catch (const std::system_error& fault) {
    throw SetupError("StaticFiles: cannot serve the folder \"" + directory + "\": " + fault.code().message(), where);
  }
  if (!site_->options.fallback.empty() && !site_->find_file(site_->options.fallback)) {
    throw SetupError(
        "StaticFiles: the fallback \"" + site_->options.fallback + "\" is not a file in \"" + directory + "\"", where);
  }
}

Response StaticFiles::operator()(const Request& request) const {
  if (request.method() != http::Method::get && request.method() != http::Method::head) {
    throw HttpError(405, http::reason_phrase(405), {{"allow", "GET, HEAD"}});
  }
  const Site& site = *site_;
  const auto asked = static_files::to_safe_path(request.raw_path());
  if (!asked) throw HttpError(404);
  RootDirectory::Found found = site.root.open(asked->path);
  if (auto* file = std::get_if<http::OpenFile>(&found)) {
    if (!asked->ends_with_slash) return site.answer_file(request, std::move(*file), asked->path);
  } else if (std::holds_alternative<RootDirectory::Directory>(found) && site.options.html) {
    if (auto response = site.answer_folder(request, *asked)) return std::move(*response);
  }
  return site.answer_missing(request, asked->path);
}

}  // namespace serval

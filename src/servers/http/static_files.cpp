#include "servers/http/static_files.h"

#include <array>
#include <fstream>
#include <functional>
#include <iterator>
#include <system_error>

namespace candela::servers::http {
namespace {

namespace fs = std::filesystem;

std::string content_type_of(const fs::path& path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
  }};
  const std::string extension = path.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (extension == known) return std::string(type);
  }
  return "application/octet-stream";
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const fs::path& directory) {
  StaticFiles loaded;
  std::size_t bytes = 0;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(directory, error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    if (!entry->is_regular_file(error) || entry->is_symlink(error)) continue;
    bytes += entry->file_size(error);
    if (bytes > kMaxBytes || loaded.files_.size() == kMaxFiles) {
      return Error{"the page in " + directory.string() + " is too large to be one"};
    }
    std::ifstream stream(entry->path(), std::ios::binary);
    auto content =
        std::make_shared<const std::string>(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    if (!stream) return Error{"cannot read " + entry->path().string()};
    const std::string name = "/" + entry->path().lexically_relative(directory).generic_string();
    const std::string tag = '"' + std::to_string(std::hash<std::string>{}(*content)) + '"';
    loaded.files_[name] = {std::move(content), content_type_of(entry->path()), tag, name.starts_with("/assets/")};
  }
  if (!loaded.files_.contains("/index.html")) {
    return Error{"there is no page in " + directory.string() + ": build it with 'npm ci && npm run build' in web/"};
  }
  return loaded;
}

Response StaticFiles::answer(const Request& request) const {
  const auto found =
      files_.find(request.path == "/" ? std::string_view("/index.html") : std::string_view(request.path));
  if (found == files_.end()) return problem(404, "there is nothing at this address");
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = problem(405, "files can only be read");
    refused.headers.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  const File& file = found->second;
  Response response;
  response.headers.emplace_back("ETag", file.tag);
  response.headers.emplace_back("Cache-Control",
                                file.named_by_hash ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.if_none_match == file.tag) {
    response.status = 304;
    return response;
  }
  response.content_type = file.content_type;
  response.shared_body = file.content;
  return response;
}

}  // namespace candela::servers::http

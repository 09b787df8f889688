# Writes OUT, a C++ source that defines VARIABLE: ("folder/name", text) of every file of the list IN.
set(rows "")
foreach(file ${IN})
  cmake_path(GET file FILENAME name)
  cmake_path(GET file PARENT_PATH folder)
  cmake_path(GET folder FILENAME folder)
  file(READ "${file}" text)
  string(APPEND rows "    {\"${folder}/${name}\", R\"EMBED(${text})EMBED\"},\n")
endforeach()
file(WRITE "${OUT}" "#include <span>
#include <string_view>
#include <utility>
namespace regions::embedded {
namespace {
constexpr std::pair<std::string_view, std::string_view> kFiles[] = {
${rows}};
}  // namespace
extern const std::span<const std::pair<std::string_view, std::string_view>> ${VARIABLE};
constinit const std::span<const std::pair<std::string_view, std::string_view>> ${VARIABLE}(kFiles);
}  // namespace regions::embedded
")

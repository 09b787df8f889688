# Writes OUT, a C++ source that defines VARIABLE with the bytes of the text file IN.
file(READ "${IN}" text)
file(WRITE "${OUT}" "#include <string_view>
namespace regions::embedded {
extern const std::string_view ${VARIABLE};
const std::string_view ${VARIABLE} = R\"EMBED(${text})EMBED\";
}
")

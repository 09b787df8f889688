# Settings and the two functions that every CMakeLists.txt of the tree uses.
option(REGIONS_TESTS "build the tests" ON)
option(REGIONS_E2E "build the end-to-end tests with the tests" ON)
option(REGIONS_SANITIZE "the build under sanitizers (needs clang)" OFF)
set(REGIONS_SANITIZERS address,undefined CACHE STRING
    "which: address,undefined (with the libFuzzer targets) or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# One setting for libraries and programs: all libraries are static, and a precompiled header fits
# both.
add_compile_options(-fPIE)
add_link_options(-pie)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Protobuf REQUIRED)
find_package(RocksDB REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(tomlplusplus REQUIRED)
find_package(spdlog REQUIRED)

add_library(regions_options INTERFACE)
target_include_directories(regions_options INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}")
target_compile_options(regions_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Werror -fstack-protector-strong)
target_compile_definitions(regions_options INTERFACE _GLIBCXX_ASSERTIONS)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports maybe-uninitialized and restrict inside its own headers when it optimises.
  target_compile_options(regions_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(REGIONS_SANITIZE)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "REGIONS_SANITIZE needs clang: cmake --preset sanitize")
  endif()
  # clang warns of other things than GCC; the release build is the one that judges warnings.
  target_compile_options(regions_options INTERFACE -Wno-error)
  target_compile_definitions(regions_options INTERFACE REGIONS_SANITIZED)
  add_compile_options(-fsanitize=${REGIONS_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${REGIONS_SANITIZERS})
  if(NOT REGIONS_SANITIZERS STREQUAL "thread")
    # Coverage marks for libFuzzer in the libraries: one build serves the tests and the fuzz targets.
    # Not "function": clang 14 cannot write its marks into coroutines.
    add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=function)
  endif()
  # The common headers, compiled once: for the pure rooms, which compute, and for the node, which
  # mostly waits and is compiled in half the time when it is not optimised.
  file(WRITE "${CMAKE_BINARY_DIR}/common_headers.cc" "")
  foreach(headers pure_headers node_headers)
    add_library(${headers} STATIC "${CMAKE_BINARY_DIR}/common_headers.cc")
    target_link_libraries(${headers} PUBLIC regions_options)
    target_precompile_headers(${headers} PRIVATE "${CMAKE_SOURCE_DIR}/ops/build/common_headers.h")
  endforeach()
  target_compile_options(node_headers PRIVATE -O0)
endif()

# regions_library(NAME [ALONE] LINKS ...): all *.cc of the folder; links only to what lies below it.
# Under the sanitizers several sources are compiled at a time, which halves the work; ALONE: one at
# a time, where sources give different things the same name.
function(regions_library name)
  cmake_parse_arguments(arg "ALONE" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "*.cc")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC regions_options ${arg_LINKS})
    if(REGIONS_SANITIZE AND name MATCHES "^node_")
      target_compile_options(${name} PRIVATE -O0)
      target_precompile_headers(${name} REUSE_FROM node_headers)
    elseif(REGIONS_SANITIZE AND NOT name MATCHES "^tests_")
      target_precompile_headers(${name} REUSE_FROM pure_headers)
    endif()
    if(REGIONS_SANITIZE AND NOT arg_ALONE)
      set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE regions_options ${arg_LINKS})
  endif()
endfunction()

# regions_messages(TARGET NAME): NAME.proto of this folder, included as "FOLDER/NAME.pb.h". A library of
# its own, because generated code does not hold to our warnings.
function(regions_messages target name)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${name}.pb")
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  add_custom_command(
    OUTPUT "${out}.cc" "${out}.h"
    COMMAND protobuf::protoc "--proto_path=${CMAKE_SOURCE_DIR}" "--cpp_out=${CMAKE_BINARY_DIR}"
            "${folder}/${name}.proto"
    DEPENDS "${name}.proto"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    VERBATIM)
  add_library(${target} STATIC "${out}.cc" "${out}.h")
  target_include_directories(${target} SYSTEM PUBLIC "${CMAKE_BINARY_DIR}")
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
  if(REGIONS_SANITIZE)
    target_compile_options(${target} PRIVATE -O0 -fno-sanitize=fuzzer-no-link,undefined)
  endif()
endfunction()

# regions_embed(TARGET VARIABLE FILE): the bytes of FILE as `extern const std::string_view VARIABLE`.
function(regions_embed target variable file)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${variable}.cc")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" -DIN=${CMAKE_CURRENT_SOURCE_DIR}/${file} -DOUT=${out} -DVARIABLE=${variable}
            -P "${CMAKE_SOURCE_DIR}/ops/build/embed.cmake"
    DEPENDS "${file}" "${CMAKE_SOURCE_DIR}/ops/build/embed.cmake"
    VERBATIM)
  # A test may put another in its place, which needs an object of its own.
  set_source_files_properties("${out}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE "${out}")
endfunction()

# regions_embed_files(TARGET VARIABLE FILE...): the files in this order as `extern const
# std::span<const std::pair<std::string_view, std::string_view>> VARIABLE`, each "folder/name" and
# its text.
function(regions_embed_files target variable)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${variable}.cc")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DIN=${ARGN}" -DOUT=${out} -DVARIABLE=${variable}
            -P "${CMAKE_SOURCE_DIR}/ops/build/embed_files.cmake"
    DEPENDS ${ARGN} "${CMAKE_SOURCE_DIR}/ops/build/embed_files.cmake"
    VERBATIM)
  # A test may put another in its place, which needs an object of its own.
  set_source_files_properties("${out}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE "${out}")
endfunction()

# SPDX-License-Identifier: MIT
# Precompiled headers for the many small programs of tests/ and examples/, most of whose compile time goes to the same
# headers. The libraries have none.

# serval_precompiled(<target> HEADERS <header>... LIBRARIES <library>...): compiles the headers for
# `target_precompile_headers(... REUSE_FROM <target>)`. The libraries give the macros and folders that the headers need.
function(serval_precompiled target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;LIBRARIES")
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "// only the headers count\n")
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${source})
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES})
  serval_warnings(${target})
  target_precompile_headers(${target} PRIVATE ${arg_HEADERS})
  set_target_properties(${target} PROPERTIES
    CXX_COMPILER_LAUNCHER "${PROJECT_SOURCE_DIR}/scripts/cmake/fresh-output;${CMAKE_CXX_COMPILER_LAUNCHER}")
endfunction()

# SPDX-License-Identifier: MIT
# Compile settings of serval's own targets: build type, ccache, linker, sanitizers, warnings. None of them affects a consumer.
include(GNUInstallDirs)

if(PROJECT_IS_TOP_LEVEL)
  get_property(serval_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(NOT serval_multi_config AND NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
  endif()
  set(CMAKE_CXX_EXTENSIONS OFF)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

  find_program(SERVAL_CCACHE ccache)
  mark_as_advanced(SERVAL_CCACHE)
  if(SERVAL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # All clones share the cache: paths below the source folder count as relative ones. The sloppiness is what ccache needs
    # for precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${SERVAL_CCACHE})
  endif()

  # GNU ld needs seconds for a program with debug information, and there are about a hundred.
  find_program(SERVAL_LLD ld.lld)
  mark_as_advanced(SERVAL_LLD)
  if(SERVAL_LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_link_options(-fuse-ld=lld)
  endif()
endif()

if(SERVAL_SANITIZE)
  add_compile_options(-fsanitize=${SERVAL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SERVAL_SANITIZE})
  if(SERVAL_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # The check `vptr` opens a pipe to look at memory, and reports a false error if no file descriptor is left.
    add_compile_options(-fno-sanitize=vptr)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 17)
      # These versions cannot compile coroutines with this check ("Cannot represent a difference across sections").
      add_compile_options(-fno-sanitize=function)
    endif()
  endif()
  if(SERVAL_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio uses fences. gcc's sanitizer does not model them and warns about each.
    add_compile_options(-Wno-tsan)
  endif()
endif()

if(SERVAL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# serval_warnings(<target>...): sets the warnings for serval's own targets.
function(serval_warnings)
  if(NOT PROJECT_IS_TOP_LEVEL)
    return()
  endif()
  foreach(target IN LISTS ARGN)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      # Optimised builds give a false warning in std::string's operator+, gcc bug 105651.
      target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
    if(SERVAL_WERROR)
      target_compile_options(${target} PRIVATE -Werror)
    endif()
  endforeach()
endfunction()

# serval_unity(<target>): compiles 64 sources of the target as one file if SERVAL_UNITY is set. Nearly all of the time of a
# source is spent in headers that the sources share. Such a file takes 20 s and 0.8 GB.
function(serval_unity target)
  if(SERVAL_UNITY AND NOT CMAKE_UNITY_BUILD)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 64)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ treats each source except the unity file itself as a header, in which it warns about types without linkage.
    target_compile_options(${target} PRIVATE $<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-subobject-linkage>)
  endif()
endfunction()

# SPDX-License-Identifier: MIT
# The libraries of the room compression: zlib, and those of the optional content codings, if they are found.
set(serval_packages_compression ZLIB)
option(SERVAL_BROTLI "Support brotli compression, if libbrotlienc is found" ON)
option(SERVAL_ZSTD "Support zstd compression, if libzstd is found" ON)

function(serval_compression_missing out)
  find_package(ZLIB QUIET)
  set(${out} "" PARENT_SCOPE)
  if(NOT ZLIB_FOUND)
    set(${out} "zlib (Debian: zlib1g-dev)" PARENT_SCOPE)
  endif()
endfunction()

# serval_coding(<target> <coding> <header> <library>): links one coding; adds to `SERVAL_CODINGS` and
# `serval_pc_libs_compression`.
function(serval_coding target coding header library)
  string(TOUPPER ${coding} name)
  set(problem "SERVAL_${name} is off")
  if(SERVAL_${name})
    find_path(SERVAL_${name}_INCLUDE ${header})
    find_library(SERVAL_${name}_LIBRARY ${library})
    mark_as_advanced(SERVAL_${name}_INCLUDE SERVAL_${name}_LIBRARY)
    set(problem "")
    if(NOT SERVAL_${name}_INCLUDE OR NOT SERVAL_${name}_LIBRARY)
      set(problem "<${header}> or lib${library} was not found")
    endif()
  endif()
  if(problem)
    message(STATUS "Responses will not be compressed with ${coding}: ${problem}")
    return()
  endif()
  target_link_libraries(${target} PRIVATE ${library})
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/compression/${coding}_encoder.cpp TARGET_DIRECTORY ${target}
                              PROPERTIES COMPILE_DEFINITIONS SERVAL_HAS_${name})
  set(SERVAL_CODINGS ${SERVAL_CODINGS} ${coding} PARENT_SCOPE)
  set(serval_pc_libs_compression "${serval_pc_libs_compression} -l${library}" PARENT_SCOPE)
endfunction()

# serval_compression_libraries(<target>): links zlib and all codings.
function(serval_compression_libraries target)
  target_link_libraries(${target} PRIVATE ZLIB::ZLIB)
  set(SERVAL_CODINGS "")
  set(serval_pc_libs_compression " -lz")
  serval_coding(${target} brotli brotli/encode.h brotlienc)
  serval_coding(${target} zstd zstd.h zstd)
  set_property(TARGET ${target} PROPERTY SERVAL_CODINGS ${SERVAL_CODINGS})
  set(serval_pc_libs_compression "${serval_pc_libs_compression}" PARENT_SCOPE)
endfunction()

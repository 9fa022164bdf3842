# SPDX-License-Identifier: MIT
# Links the libraries of the optional content codings (besides gzip), if they are found.

# serval_coding(<target> <coding> <header> <library> <pkg-config module>): links one coding; adds to
# `SERVAL_CODINGS` and `serval_pc_codings`.
function(serval_coding target coding header library module)
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
    message(STATUS "Answers will not be compressed by ${coding}: ${problem}")
    return()
  endif()
  target_link_libraries(${target} PRIVATE ${library})
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/compression/${coding}_encoder.cpp TARGET_DIRECTORY ${target}
                              PROPERTIES COMPILE_DEFINITIONS SERVAL_HAS_${name})
  set(SERVAL_CODINGS ${SERVAL_CODINGS} ${coding} PARENT_SCOPE)
  set(serval_pc_codings "${serval_pc_codings}, ${module}" PARENT_SCOPE)
endfunction()

# serval_compression(<target>): links all codings.
function(serval_compression target)
  set(SERVAL_CODINGS "")
  set(serval_pc_codings "")
  serval_coding(${target} brotli brotli/encode.h brotlienc libbrotlienc)
  serval_coding(${target} zstd zstd.h zstd libzstd)
  set(SERVAL_CODINGS ${SERVAL_CODINGS} PARENT_SCOPE)
  set(serval_pc_codings "${serval_pc_codings}" PARENT_SCOPE)
endfunction()

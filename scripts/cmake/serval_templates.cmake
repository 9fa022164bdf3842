# SPDX-License-Identifier: MIT
# The library of the room templates: kainjow's Mustache, which consists of one header and which only the room's own sources
# include, so that programs need neither it nor a package.
set(serval_packages_templates "")
set(serval_debian_templates "")

function(serval_templates_missing out)
  find_path(SERVAL_MUSTACHE_INCLUDE kainjow/mustache.hpp)
  mark_as_advanced(SERVAL_MUSTACHE_INCLUDE)
  set(${out} "" PARENT_SCOPE)
  if(NOT SERVAL_MUSTACHE_INCLUDE)
    set(${out} "kainjow's Mustache (Debian: libkainjow-mustache-dev)" PARENT_SCOPE)
  endif()
endfunction()

# serval_templates_libraries(<target>): adds the path of the header.
function(serval_templates_libraries target)
  target_include_directories(${target} SYSTEM PRIVATE ${SERVAL_MUSTACHE_INCLUDE})
  set(serval_pc_libs_templates "" PARENT_SCOPE)
endfunction()

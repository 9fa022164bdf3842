# SPDX-License-Identifier: MIT
# Rooms that a build may leave out: each is a target `serval_<room>`, alias `serval::<room>`, that links `serval::serval`.
# scripts/cmake/serval_<room>.cmake defines what a room needs:
#   serval_packages_<room>              the CMake packages, as "OpenSSL 3.0" or without version, that programs must find to link the static library
#   serval_debian_<room>                the Debian packages that these programs need, "libssl-dev, zlib1g-dev"; if there are any, the room has Debian packages of its own
#   serval_<room>_missing(<out>)        the package that was not found, or empty
#   serval_<room>_libraries(<target>)   links the libraries; sets `serval_pc_libs_<room>`, the same for pkg-config
set(SERVAL_ROOMS "" CACHE STRING
    "The rooms to build, a list of: core, auth, compression, dev, templates. Empty: every room whose libraries are found")
set(serval_optional_rooms auth compression dev templates)
foreach(room IN LISTS serval_optional_rooms)
  include(serval_${room})
endforeach()

# serval_choose_rooms(): sets `serval_rooms` to the rooms that are built on top of the core.
function(serval_choose_rooms)
  foreach(room IN LISTS SERVAL_ROOMS)
    if(NOT room IN_LIST serval_optional_rooms AND NOT room STREQUAL "core")
      list(JOIN serval_optional_rooms ", " names)
      message(FATAL_ERROR "SERVAL_ROOMS names '${room}', which is not a room of serval; its rooms are: core, ${names}")
    endif()
  endforeach()
  set(chosen "")
  foreach(room IN LISTS serval_optional_rooms)
    if(SERVAL_ROOMS AND NOT room IN_LIST SERVAL_ROOMS)
      continue()
    endif()
    cmake_language(CALL serval_${room}_missing missing)
    if(NOT missing)
      list(APPEND chosen ${room})
    elseif(SERVAL_ROOMS)
      message(FATAL_ERROR "SERVAL_ROOMS names '${room}', which needs ${missing}: install it, or leave the room out")
    else()
      message(STATUS "The room ${room} will not be built: it needs ${missing}")
    endif()
  endforeach()
  set(serval_rooms "${chosen}" PARENT_SCOPE)
endfunction()

# serval_library(<target> <source>...): adds a library with the settings that the core and the rooms share.
function(serval_library target)
  add_library(${target} ${ARGN})
  target_compile_features(${target} PUBLIC cxx_std_20)
  # No macro that changes Boost's headers: a program is compiled without it, and the linker keeps only one definition of each
  # of their inline functions.
  # The interface may change with every 0.x release, so the minor version is part of the name that programs link.
  set_target_properties(
    ${target} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
                         POSITION_INDEPENDENT_CODE ON
                         DEFINE_SYMBOL "") # the same objects for both kinds of library, so that ccache serves both
  serval_warnings(${target})
  serval_unity(${target})
endfunction()

# serval_room(<room>): adds the library of a room.
function(serval_room room)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.cpp)
  serval_library(serval_${room} ${sources})
  add_library(serval::${room} ALIAS serval_${room})
  target_include_directories(serval_${room} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(serval_${room} PUBLIC serval::serval)
  # A shared library finds the core in its own folder, also after both are moved.
  set_target_properties(serval_${room} PROPERTIES EXPORT_NAME ${room} INSTALL_RPATH "$ORIGIN")
  cmake_language(CALL serval_${room}_libraries serval_${room})
  set(serval_pc_libs_${room} "${serval_pc_libs_${room}}" PARENT_SCOPE)
endfunction()

# serval_room_components(<room> <libraries> <development>): the install components of the room's shared library, and of
# what programs need to compile and link.
function(serval_room_components room libraries development)
  set(prefix serval)
  if(serval_debian_${room})
    set(prefix serval_${room})
  endif()
  set(${libraries} ${prefix}_libraries PARENT_SCOPE)
  set(${development} ${prefix}_development PARENT_SCOPE)
endfunction()

# serval_room_package(<room> <out>): the Debian package with the room's headers.
function(serval_room_package room out)
  set(${out} libserval-dev PARENT_SCOPE)
  if(serval_debian_${room})
    set(${out} libserval-${room}-dev PARENT_SCOPE)
  endif()
endfunction()

# serval_without_missing_rooms(<list>): removes the sources that use a room which is not built.
function(serval_without_missing_rooms sources)
  set(kept "")
  foreach(source IN LISTS ${sources})
    set(uses "")
    foreach(room IN LISTS serval_optional_rooms)
      if(NOT room IN_LIST serval_rooms)
        file(STRINGS ${source} uses REGEX "^#include [<\"](serval/)?${room}[./]" LIMIT_COUNT 1)
        if(uses)
          break()
        endif()
      endif()
    endforeach()
    if(NOT uses)
      list(APPEND kept ${source})
    endif()
  endforeach()
  set(${sources} "${kept}" PARENT_SCOPE)
endfunction()

# serval_all_rooms(<out>): the targets of the core and of all rooms that are built.
function(serval_all_rooms out)
  set(targets serval::serval)
  foreach(room IN LISTS serval_rooms)
    list(APPEND targets serval::${room})
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

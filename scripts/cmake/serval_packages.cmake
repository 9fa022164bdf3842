# SPDX-License-Identifier: MIT
# CPack writes a Debian package for each install component. scripts/package builds them, with static and shared libraries.
set(SERVAL_PACKAGES_ALSO "" CACHE STRING
    "Build folders of the same sources whose files the packages contain, too; the files of this folder replace theirs")
set(SERVAL_PACKAGES_MAINTAINER "serval authors <serval@example.org>" CACHE STRING "Maintainer of the packages")

set(serval_maintainer "${SERVAL_PACKAGES_MAINTAINER}")
set(serval_release 1)
set(serval_debian_version ${PROJECT_VERSION}-${serval_release})
set(serval_abi ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(serval_components "")

# Each package has these two files. SOURCE_DATE_EPOCH makes the date that of the sources.
string(TIMESTAMP serval_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(STRINGS ${PROJECT_SOURCE_DIR}/LICENSE serval_license_lines)
set(serval_license "")
foreach(line IN LISTS serval_license_lines)
  if(line STREQUAL "")
    set(line ".")
  endif()
  if(NOT line MATCHES "^MIT License$|^Copyright ")
    string(APPEND serval_license "\n ${line}")
  endif()
endforeach()
string(REGEX REPLACE "^(\n [.])*\n" "" serval_license "${serval_license}")
configure_file(${PROJECT_SOURCE_DIR}/packaging/debian/copyright.in ${PROJECT_BINARY_DIR}/packaging/copyright @ONLY)
configure_file(${PROJECT_SOURCE_DIR}/packaging/debian/changelog.in ${PROJECT_BINARY_DIR}/packaging/changelog @ONLY)
execute_process(COMMAND gzip -9 -n -c ${PROJECT_BINARY_DIR}/packaging/changelog RESULT_VARIABLE serval_failed
                OUTPUT_FILE ${PROJECT_BINARY_DIR}/packaging/changelog.Debian.gz ERROR_QUIET)
if(serval_failed) # no gzip, so no Debian packages either
  return()
endif()

# serval_package(<component> <name> SECTION <section> SUMMARY <text> DESCRIPTION <text> [DEPENDS <packages>] [RECOMMENDS
# <packages>] [SUGGESTS <packages>] [ALL]): a package; with ALL, for all architectures.
function(serval_package component name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "ALL" "SECTION;SUMMARY;DESCRIPTION" "DEPENDS;RECOMMENDS;SUGGESTS")
  install(FILES ${PROJECT_BINARY_DIR}/packaging/copyright ${PROJECT_BINARY_DIR}/packaging/changelog.Debian.gz
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${component} EXCLUDE_FROM_ALL)
  string(TOUPPER ${component} key)
  set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_PACKAGE_SECTION ${arg_SECTION} PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_DESCRIPTION "${arg_SUMMARY}\n${arg_DESCRIPTION}" PARENT_SCOPE)
  foreach(field IN ITEMS DEPENDS RECOMMENDS SUGGESTS)
    list(JOIN arg_${field} ", " packages)
    set(CPACK_DEBIAN_${key}_PACKAGE_${field} "${packages}" PARENT_SCOPE)
  endforeach()
  if(component MATCHES "_libraries$")
    set(CPACK_DEBIAN_${key}_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/triggers PARENT_SCOPE)
  endif()
  if(arg_ALL)
    set(CPACK_DEBIAN_${key}_PACKAGE_ARCHITECTURE all PARENT_SCOPE)
    set(CPACK_DEBIAN_${key}_PACKAGE_SHLIBDEPS OFF PARENT_SCOPE)
  endif()
  set(serval_components ${serval_components} ${component} PARENT_SCOPE)
endfunction()

# Lines of at most 78 columns.
string(CONCAT serval_about
       "serval is a C++20 library for HTTP/JSON APIs. Handlers are functions with\n"
       "typed parameters and plain structs; serval validates the input, reports all\n"
       "errors of a request at once, and writes the OpenAPI document.\n\n")
set(serval_same "(= ${serval_debian_version})")

serval_package(serval_libraries libserval${serval_abi} SECTION libs
  SUMMARY "server library for HTTP/JSON APIs"
  DESCRIPTION "${serval_about}This package contains the shared libraries: the core, and the rooms that\nneed no other library.")
# Programs need Boost and nlohmann-json to compile, and the other packages to link the static library.
serval_package(serval_development libserval-dev SECTION libdevel
  SUMMARY "server library for HTTP/JSON APIs - development files"
  DESCRIPTION "${serval_about}This package contains headers, static libraries, and files for CMake and\npkg-config."
  DEPENDS "libserval${serval_abi} ${serval_same}" "libboost${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR}-dev"
          "nlohmann-json3-dev (>= 3.11)" "libspdlog-dev (>= 1:1.10)" libre2-dev zlib1g-dev)
foreach(room IN LISTS serval_rooms)
  if(serval_debian_${room})
    serval_package(serval_${room}_libraries libserval-${room}${serval_abi} SECTION libs
      SUMMARY "server library for HTTP/JSON APIs - room ${room}"
      DESCRIPTION "${serval_about}This package contains the shared library of the room ${room}."
      DEPENDS "libserval${serval_abi} ${serval_same}")
    serval_package(serval_${room}_development libserval-${room}-dev SECTION libdevel
      SUMMARY "server library for HTTP/JSON APIs - development files of the room ${room}"
      DESCRIPTION "${serval_about}This package contains headers, the static library, and files for CMake and\npkg-config of the room ${room}."
      DEPENDS "libserval-dev ${serval_same}" "libserval-${room}${serval_abi} ${serval_same}" "${serval_debian_${room}}")
  endif()
endforeach()
if(TARGET serval_tool)
  # The tests of its new projects use GoogleTest, but `serval dev` does not build them.
  serval_package(serval_tools serval-tools SECTION devel
    SUMMARY "server library for HTTP/JSON APIs - command serval"
    DESCRIPTION "${serval_about}This package contains the command serval: it makes projects, builds and\nserves them, and replaces the program whenever a file is saved."
    DEPENDS "libserval${serval_abi} ${serval_same}" "libserval-dev ${serval_same}" "g++ (>= 4:12) | clang (>= 1:14)"
            "cmake (>= 3.25)" ninja-build pkg-config
    RECOMMENDS libgtest-dev
    SUGGESTS clang lld ccache libserval-doc)
endif()
serval_package(serval_documentation libserval-doc ALL SECTION doc
  SUMMARY "server library for HTTP/JSON APIs - documentation"
  DESCRIPTION "${serval_about}This package contains the tutorial, the reference, and the programs that\nthey explain.")
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libserval-doc
        COMPONENT serval_documentation EXCLUDE_FROM_ALL)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs ${PROJECT_SOURCE_DIR}/examples
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libserval-doc COMPONENT serval_documentation EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME serval)
set(CPACK_PACKAGE_CONTACT "${serval_maintainer}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # the packages have their own
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL ${serval_components})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_INSTALL_CMAKE_PROJECTS "")
foreach(folder IN LISTS SERVAL_PACKAGES_ALSO ITEMS ${PROJECT_BINARY_DIR})
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${folder} serval ALL /)
endforeach()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${serval_release})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# The packages' own libraries are no packages of this machine, so dpkg-shlibdeps only looks at their dependencies.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
include(CPack)

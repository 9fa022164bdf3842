# SPDX-License-Identifier: MIT
# Install and export: find_package(serval) and pkg-config. The install components are the Debian packages, see
# serval_packages.cmake.
include(CMakePackageConfigHelpers)

if(SERVAL_DOCS_UI_LICENSES)
  install(FILES ${SERVAL_DOCS_UI_LICENSES} DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME docs_ui_licenses.txt
          COMPONENT serval_libraries)
endif()

# The headers of rooms that are not built are not installed, so that a program does not compile what it cannot link.
set(serval_room_headers "")
foreach(room IN LISTS serval_optional_rooms)
  list(APPEND serval_room_headers PATTERN "serval/${room}" EXCLUDE PATTERN "serval/${room}.hpp" EXCLUDE)
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT serval_development
        ${serval_room_headers})
foreach(room IN LISTS serval_rooms)
  serval_room_components(${room} libraries development)
  install(FILES ${PROJECT_SOURCE_DIR}/include/serval/${room}.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/serval
          COMPONENT ${development})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/serval/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/serval
          COMPONENT ${development} OPTIONAL)
endforeach()

# serval_install_targets(<target> <export> <name> <libraries> <development>): each room has its own file of targets, which
# exists only if the room is built. It is named after the kind of library, so that both kinds can be installed.
set(serval_kind static)
if(BUILD_SHARED_LIBS)
  set(serval_kind shared)
endif()
function(serval_install_targets target export name libraries development)
  install(TARGETS ${target} EXPORT ${export}
          LIBRARY COMPONENT ${libraries} NAMELINK_COMPONENT ${development}
          ARCHIVE COMPONENT ${development})
  install(EXPORT ${export} NAMESPACE serval:: FILE ${name}-${serval_kind}-targets.cmake
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/serval COMPONENT ${development})
endfunction()
serval_install_targets(serval serval_targets serval serval_libraries serval_development)
foreach(room IN LISTS serval_rooms)
  serval_room_components(${room} libraries development)
  serval_install_targets(serval_${room} serval_${room}_targets serval-${room} ${libraries} ${development})
endforeach()

# The packages that programs must find to link static libraries of rooms.
set(serval_packages "")
foreach(room IN LISTS serval_rooms)
  string(APPEND serval_packages "set(serval_packages_${room} \"${serval_packages_${room}}\")\n")
endforeach()
foreach(room IN LISTS serval_optional_rooms)
  serval_room_package(${room} package)
  string(APPEND serval_packages "set(serval_debian_package_${room} ${package})\n")
endforeach()
list(JOIN serval_optional_rooms ", " serval_room_names)
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/serval-config.cmake.in ${PROJECT_BINARY_DIR}/serval-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/serval NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/serval-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/serval-config.cmake ${PROJECT_BINARY_DIR}/serval-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/serval COMPONENT serval_development)

# serval_pc(<name> <library> <requires> <libraries> <description> <component>): generates <name>.pc. A static archive does not record
# its dependencies, so `pkg-config --libs` lists them. They are listed as libraries and not as required modules: the
# flags of those, such as -DSPDLOG_COMPILED_LIB, would reach programs, even with Requires.private.
function(serval_pc name library requires libraries description component)
  # Relative to the .pc file, so that an installed tree can be moved.
  file(RELATIVE_PATH serval_pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  set(serval_pc_name ${name})
  set(serval_pc_library ${library})
  set(serval_pc_requires "${requires}")
  set(serval_pc_description "${description}")
  set(serval_pc_libs "")
  set(serval_pc_libs_private "")
  if(BUILD_SHARED_LIBS)
    set(serval_pc_libs_private "${libraries}")
  else()
    set(serval_pc_libs "${libraries}")
  endif()
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/serval.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT ${component})
endfunction()

set(serval_pc_libs " -lre2 -pthread")
if(serval_docs_ui_embedded)
  string(PREPEND serval_pc_libs " -lz")
endif()
# spdlog may be header-only, and may contain its own fmt.
get_target_property(serval_spdlog_type spdlog::spdlog TYPE)
get_target_property(serval_spdlog_links spdlog::spdlog INTERFACE_LINK_LIBRARIES)
if(serval_spdlog_links MATCHES "fmt::fmt")
  string(PREPEND serval_pc_libs " -lfmt")
endif()
if(NOT serval_spdlog_type STREQUAL "INTERFACE_LIBRARY")
  string(PREPEND serval_pc_libs " -lspdlog")
endif()
serval_pc(serval serval nlohmann_json "${serval_pc_libs}" "${PROJECT_DESCRIPTION}" serval_development)
foreach(room IN LISTS serval_rooms)
  serval_room_components(${room} libraries development)
  serval_pc(serval-${room} serval_${room} "serval = ${PROJECT_VERSION}" "${serval_pc_libs_${room}}"
            "The room ${room} of serval" ${development})
endforeach()

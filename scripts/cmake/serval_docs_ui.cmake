# SPDX-License-Identifier: MIT
# Fetches the files that the docs pages load, compresses them, and generates the source that embeds them into the
# library. It never fails: without zlib, npm, network or tools, the pages load the files from a CDN, and a message says so.
set(SERVAL_DOCS_UI AUTO CACHE STRING
    "Embed Swagger UI and ReDoc, fetched with npm; needs zlib. AUTO: only if the room compression is built, which also needs zlib")
set(SERVAL_DOCS_UI_PACKAGES "" CACHE PATH
    "A node_modules folder with swagger-ui-dist and redoc to embed; empty: fetch them with npm")
set(serval_docs_ui_dir ${PROJECT_SOURCE_DIR}/src/docs_ui/assets)

# If one of these functions fails, it sets its <problem> to the reason.

# serval_docs_ui_version(<out> <package>): sets <out> to the pinned version of the package.
function(serval_docs_ui_version out package)
  file(READ ${serval_docs_ui_dir}/package.json description)
  string(JSON version GET "${description}" dependencies ${package})
  set(${out} ${version} PARENT_SCOPE)
endfunction()

# serval_docs_ui_cache(<out>): sets <out> to a folder that all build trees of this user share or, if it cannot be
# written, to a folder in this build tree.
function(serval_docs_ui_cache out)
  set(cache ${PROJECT_BINARY_DIR}/docs_ui)
  foreach(parent "$ENV{XDG_CACHE_HOME}" "$ENV{HOME}/.cache")
    if(IS_ABSOLUTE "${parent}")
      execute_process(COMMAND ${CMAKE_COMMAND} -E make_directory ${parent}/serval/docs_ui RESULT_VARIABLE failed
                      OUTPUT_QUIET ERROR_QUIET)
      execute_process(COMMAND ${CMAKE_COMMAND} -E touch ${parent}/serval/docs_ui/used RESULT_VARIABLE read_only
                      OUTPUT_QUIET ERROR_QUIET)
      if(NOT failed AND NOT read_only)
        set(cache ${parent}/serval/docs_ui)
        break()
      endif()
    endif()
  endforeach()
  set(${out} ${cache} PARENT_SCOPE)
endfunction()

# serval_docs_ui_fetch(<problem> <folder>): puts node_modules into the folder.
function(serval_docs_ui_fetch problem folder)
  find_program(SERVAL_NPM npm)
  mark_as_advanced(SERVAL_NPM)
  if(NOT SERVAL_NPM)
    set(${problem} "npm was not found" PARENT_SCOPE)
    return()
  endif()
  message(STATUS "Fetching Swagger UI and ReDoc")
  file(COPY ${serval_docs_ui_dir}/package.json ${serval_docs_ui_dir}/package-lock.json ${serval_docs_ui_dir}/.npmrc
       DESTINATION ${folder})
  execute_process(
    COMMAND ${SERVAL_NPM} ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-retry-mintimeout=1000
            --fetch-timeout=30000
    WORKING_DIRECTORY ${folder} TIMEOUT 180 RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    file(WRITE ${PROJECT_BINARY_DIR}/docs_ui-npm.log "${said}")
    set(${problem} "npm failed, see ${PROJECT_BINARY_DIR}/docs_ui-npm.log" PARENT_SCOPE)
  endif()
endfunction()

# serval_docs_ui_pack(<problem> <file> <folder>): compresses a file into the folder, with gzip and, if available,
# brotli.
function(serval_docs_ui_pack problem file folder)
  get_filename_component(name ${file} NAME)
  execute_process(COMMAND ${SERVAL_GZIP_PROGRAM} -9 -n -c ${file} OUTPUT_FILE ${folder}/${name}.gz RESULT_VARIABLE failed
                  ERROR_QUIET)
  if(NOT failed AND SERVAL_BROTLI_PROGRAM)
    execute_process(COMMAND ${SERVAL_BROTLI_PROGRAM} -q 11 -c ${file} OUTPUT_FILE ${folder}/${name}.br RESULT_VARIABLE failed
                    ERROR_QUIET)
  endif()
  if(failed)
    set(${problem} "${name} could not be packed" PARENT_SCOPE)
  endif()
endfunction()

# serval_docs_ui_collect(<problem> <node_modules> <folder>): collects and compresses the files to embed.
function(serval_docs_ui_collect problem modules folder)
  set(swagger ${modules}/swagger-ui-dist)
  set(redoc ${modules}/redoc)
  set(licenses ${swagger}/LICENSE ${swagger}/NOTICE ${swagger}/swagger-ui-bundle.js.LICENSE.txt ${redoc}/LICENSE
               ${redoc}/bundles/redoc.standalone.js.LICENSE.txt)
  foreach(file ${swagger}/swagger-ui-bundle.js ${swagger}/swagger-ui.css ${redoc}/bundles/redoc.standalone.js ${licenses})
    if(NOT EXISTS ${file})
      set(${problem} "${file} is missing" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  file(COPY ${swagger}/swagger-ui-bundle.js ${swagger}/swagger-ui.css DESTINATION ${folder})
  # ReDoc's menu ends with an image from its vendor's server, which a page without internet cannot load.
  file(READ ${redoc}/bundles/redoc.standalone.js script)
  string(REPLACE "https://cdn.redoc.ly/redoc/logo-mini.svg" "data:," script "${script}")
  file(WRITE ${folder}/redoc.standalone.js "${script}")
  foreach(license IN LISTS licenses)
    file(RELATIVE_PATH name ${modules} ${license})
    file(READ ${license} text)
    file(APPEND ${folder}/licenses.txt "${name}\n\n${text}\n\n")
  endforeach()
  foreach(name swagger-ui-bundle.js swagger-ui.css redoc.standalone.js licenses.txt)
    serval_docs_ui_pack(failure ${folder}/${name} ${folder})
    if(failure)
      set(${problem} "${failure}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# serval_docs_ui_prepare(<problem> <out>): sets <out> to a folder with the compressed files; creates it if it does not
# exist.
function(serval_docs_ui_prepare problem out)
  find_program(SERVAL_GZIP_PROGRAM gzip)
  find_program(SERVAL_BROTLI_PROGRAM brotli)
  mark_as_advanced(SERVAL_GZIP_PROGRAM SERVAL_BROTLI_PROGRAM)
  if(NOT CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF")
    set(${problem} "only ELF objects are supported" PARENT_SCOPE)
    return()
  elseif(NOT SERVAL_GZIP_PROGRAM)
    set(${problem} "gzip was not found" PARENT_SCOPE)
    return()
  endif()
  file(SHA256 ${serval_docs_ui_dir}/package-lock.json locked)
  file(SHA256 ${CMAKE_CURRENT_FUNCTION_LIST_FILE} recipe)
  string(SHA256 key "${locked} ${recipe} ${SERVAL_BROTLI_PROGRAM} ${SERVAL_DOCS_UI_PACKAGES}")
  string(SUBSTRING ${key} 0 16 key)
  serval_docs_ui_cache(cache)
  set(${out} ${cache}/${key} PARENT_SCOPE)
  if(EXISTS ${cache}/${key}/licenses.txt)
    return()
  endif()
  # Created elsewhere and then moved, so that a concurrent configuration never sees an incomplete folder.
  string(RANDOM LENGTH 8 suffix)
  set(work ${cache}/${key}-${suffix})
  file(MAKE_DIRECTORY ${work}/files)
  set(failure "")
  set(modules ${SERVAL_DOCS_UI_PACKAGES})
  if(NOT modules)
    set(modules ${work}/node_modules)
    serval_docs_ui_fetch(failure ${work})
  endif()
  if(NOT failure)
    serval_docs_ui_collect(failure ${modules} ${work}/files)
  endif()
  if(NOT failure)
    file(RENAME ${work}/files ${cache}/${key} RESULT ignored)
  endif()
  file(REMOVE_RECURSE ${work})
  set(${problem} "${failure}" PARENT_SCOPE)
endfunction()

# serval_docs_ui_bytes(<out> <symbol> <file>): sets <out> to an expression for the embedded bytes of a file; adds to
# `serval_docs_ui_asm` and `serval_docs_ui_names` of the caller.
function(serval_docs_ui_bytes out symbol file)
  file(SIZE ${file} size)
  string(APPEND serval_docs_ui_asm
         "    \".hidden ${symbol}\\n.globl ${symbol}\\n.balign 16\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n\"\n")
  string(APPEND serval_docs_ui_names "extern const char ${symbol}[];\n")
  set(serval_docs_ui_asm "${serval_docs_ui_asm}" PARENT_SCOPE)
  set(serval_docs_ui_names "${serval_docs_ui_names}" PARENT_SCOPE)
  set(${out} "{${symbol}, ${size}}" PARENT_SCOPE)
endfunction()

# serval_docs_ui(<target>): adds the source with the files to the target. Sets `serval_docs_ui_embedded` and, if files
# are embedded, `SERVAL_DOCS_UI_LICENSES`.
function(serval_docs_ui target)
  set(problem "")
  find_package(ZLIB QUIET) # unpacks the files for clients that do not accept gzip
  if(NOT SERVAL_DOCS_UI)
    set(problem "SERVAL_DOCS_UI is ${SERVAL_DOCS_UI}")
  elseif(SERVAL_DOCS_UI STREQUAL "AUTO" AND NOT compression IN_LIST serval_rooms)
    set(problem "SERVAL_DOCS_UI is AUTO and the room compression is not built")
  elseif(NOT ZLIB_FOUND)
    set(problem "zlib was not found")
  else()
    serval_docs_ui_prepare(problem folder)
  endif()
  set(serval_docs_ui_embedded OFF PARENT_SCOPE)
  # The same batches of a unity build with and without embedded files, so that ccache serves both.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/docs_ui/unpack.cpp TARGET_DIRECTORY ${target}
                              PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(problem)
    message(STATUS "Docs pages will load Swagger UI and ReDoc from a CDN: ${problem}")
  endif()
  set(serval_docs_ui_asm "")
  set(serval_docs_ui_names "")
  set(serval_docs_ui_rows "")
  if(NOT problem)
    serval_docs_ui_version(swagger swagger-ui-dist)
    serval_docs_ui_version(redoc redoc)
    # name, folder of its path, content type
    set(files "swagger-ui-bundle.js|swagger-ui-dist@${swagger}/|text/javascript"
              "swagger-ui.css|swagger-ui-dist@${swagger}/|text/css"
              "redoc.standalone.js|redoc@${redoc}/|text/javascript"
              "licenses.txt||text/plain")
    set(packed "")
    foreach(row IN LISTS files)
      string(REGEX MATCH "^([^|]*)[|]([^|]*)[|](.*)$" ignored "${row}")
      serval_docs_ui_row("${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}" "${CMAKE_MATCH_3}" ${folder})
    endforeach()
    set(SERVAL_DOCS_UI_LICENSES ${folder}/licenses.txt PARENT_SCOPE)
    set(serval_docs_ui_embedded ON PARENT_SCOPE)
    target_link_libraries(${target} PRIVATE ZLIB::ZLIB)
    set_source_files_properties(${PROJECT_SOURCE_DIR}/src/docs_ui/unpack.cpp TARGET_DIRECTORY ${target}
                                PROPERTIES COMPILE_DEFINITIONS SERVAL_HAS_ZLIB)
  endif()
  file(READ ${serval_docs_ui_dir}/favicon.svg SERVAL_DOCS_UI_FAVICON)
  file(SHA256 ${serval_docs_ui_dir}/favicon.svg digest)
  string(SUBSTRING ${digest} 0 16 SERVAL_DOCS_UI_FAVICON_DIGEST)
  if(serval_docs_ui_asm)
    string(CONCAT serval_docs_ui_asm "__asm__(\n    \".pushsection .rodata.serval_docs_ui,\\\"a\\\"\\n\"\n"
                  "${serval_docs_ui_asm}    \".popsection\\n\");\n")
  endif()
  set(source ${PROJECT_BINARY_DIR}/docs_ui/embedded_assets.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/src/docs_ui/embedded_assets.cpp.in ${source} @ONLY)
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
               ${serval_docs_ui_dir}/favicon.svg ${serval_docs_ui_dir}/package.json ${serval_docs_ui_dir}/package-lock.json)
  # Link-time optimisation may separate the bytes from the code that refers to them.
  set_source_files_properties(${source} TARGET_DIRECTORY ${target}
                              PROPERTIES OBJECT_DEPENDS "${packed}" COMPILE_OPTIONS -fno-lto)
  target_sources(${target} PRIVATE ${source})
endfunction()

# serval_docs_ui_row(<name> <path's folder> <content type> <folder>): adds one file to the table; only `serval_docs_ui`
# calls it.
macro(serval_docs_ui_row name path_folder content_type folder)
  file(SHA256 ${folder}/${name} digest)
  string(SUBSTRING ${digest} 0 16 digest)
  string(REGEX REPLACE "^(.*)([.][a-z]+)$" "${path_folder}\\1.${digest}\\2" path "${name}")
  string(MAKE_C_IDENTIFIER "serval_docs_ui_${name}" symbol)
  serval_docs_ui_bytes(gzip ${symbol}_gz ${folder}/${name}.gz)
  set(brotli "{}")
  list(APPEND packed ${folder}/${name}.gz)
  if(EXISTS ${folder}/${name}.br)
    serval_docs_ui_bytes(brotli ${symbol}_br ${folder}/${name}.br)
    list(APPEND packed ${folder}/${name}.br)
  endif()
  string(APPEND serval_docs_ui_rows
         "    {\"${name}\", \"${path}\", \"${content_type}\", \"${digest}\", {}, ${gzip}, ${brotli}},\n")
endmacro()

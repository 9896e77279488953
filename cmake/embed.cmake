# SPDX-License-Identifier: Apache-2.0
# The migrations, the built UI and the starter courses become part of the program: .incbin in one
# assembler file per library, with a table beside it. tools/mkzip makes the zips.

# kenes_embed(TARGET TABLE file…) gives TARGET `const struct embedded TABLE[]` (tools/embed.h) with a last
# entry of NULLs. The files may be made by the build.
function(kenes_embed target table)
	set(assembler ${CMAKE_BINARY_DIR}/embed/${table}.S)
	set(list ${CMAKE_BINARY_DIR}/embed/${table}.c)
	set(s "\t.section .rodata\n")
	set(externs "")
	set(rows "")
	set(i 0)
	foreach(file IN LISTS ARGN)
		get_filename_component(name ${file} NAME)
		string(APPEND s "\t.balign 16\n\t.global ${table}_${i}\n${table}_${i}:\n\t.incbin \"${file}\"\n"
			"\t.global ${table}_${i}_end\n${table}_${i}_end:\n\t.byte 0\n")
		string(APPEND externs "extern const char ${table}_${i}[], ${table}_${i}_end[];\n")
		string(APPEND rows "\t{ \"${name}\", ${table}_${i}, ${table}_${i}_end },\n")
		math(EXPR i "${i} + 1")
	endforeach()
	file(CONFIGURE OUTPUT ${assembler} CONTENT "${s}\t.section .note.GNU-stack,\"\",%progbits\n" @ONLY)
	file(CONFIGURE OUTPUT ${list} CONTENT
		"#include \"base/embedded.h\"\n${externs}const struct embedded ${table}[] = {\n${rows}\t{ 0, 0, 0 },\n};\n" @ONLY)
	set_source_files_properties(${assembler} PROPERTIES OBJECT_DEPENDS "${ARGN}")
	target_sources(${target} PRIVATE ${assembler} ${list})
endfunction()

# mkzip: a reproducible zip of a folder, written by our own archive module.
if(EXISTS ${CMAKE_SOURCE_DIR}/tools/mkzip.c)
	add_executable(mkzip tools/mkzip.c)
	target_link_libraries(mkzip PRIVATE kenes_strict kenes_archive)
endif()

get_target_property(store_type kenes_store TYPE)
if(store_type STREQUAL "STATIC_LIBRARY")
	file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/migrations/*.sql)
	kenes_embed(kenes_store store_migrations ${migrations})
endif()

# What every packed course carries: one script, one style sheet.
find_program(NODE node REQUIRED)
file(GLOB_RECURSE lesson_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/lesson/*)
set(lesson_files ${CMAKE_BINARY_DIR}/lesson/lesson.css ${CMAKE_BINARY_DIR}/lesson/lesson.js)
add_custom_command(OUTPUT ${lesson_files}
	COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/lesson.mjs ${CMAKE_BINARY_DIR}/lesson
	DEPENDS ${lesson_sources} ${CMAKE_SOURCE_DIR}/web/lesson.mjs ${CMAKE_SOURCE_DIR}/web/style/tokens.css
	COMMENT "Building the pages' script")
kenes_embed(kenes_authoring authoring_lesson_files ${lesson_files})

# mkcourse: what `kenes pack` does, before there is a kenes. Courses of Markdown become packages of SCORM 2004.
add_executable(mkcourse tools/mkcourse.c)
target_link_libraries(mkcourse PRIVATE kenes_strict kenes_authoring)
file(GLOB course_settings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/courses/*/course.json)
file(GLOB course_tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/courses/*.tsv)
set(course_packages)
foreach(settings IN LISTS course_settings)
	get_filename_component(folder ${settings} DIRECTORY)
	get_filename_component(id ${folder} NAME)
	file(GLOB_RECURSE course_sources CONFIGURE_DEPENDS ${folder}/*)
	add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/courses/${id}.zip
		COMMAND mkcourse ${folder} ${CMAKE_BINARY_DIR}/courses/${id}.zip
		DEPENDS mkcourse ${course_sources} ${course_tables}
		COMMENT "Packing the course ${id}")
	list(APPEND course_packages ${CMAKE_BINARY_DIR}/courses/${id}.zip)
endforeach()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/courses)

get_target_property(web_type kenes_web TYPE)
if(web_type STREQUAL "STATIC_LIBRARY")
	# A release tarball contains the built UI in web/out, so a packager needs no Node.
	file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/* ${CMAKE_SOURCE_DIR}/web/style/*
		${CMAKE_SOURCE_DIR}/web/public/* ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.mjs)
	add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/ui.zip ${CMAKE_BINARY_DIR}/verify.html
		COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/esbuild.mjs --out ${CMAKE_BINARY_DIR}/ui --wasm ${CMAKE_BINARY_DIR}/scorm.wasm --verify ${CMAKE_BINARY_DIR}/verify.html
		COMMAND mkzip ${CMAKE_BINARY_DIR}/ui ${CMAKE_BINARY_DIR}/ui.zip
		DEPENDS mkzip ${CMAKE_BINARY_DIR}/scorm.wasm ${web_sources} ${CMAKE_SOURCE_DIR}/web/esbuild.mjs ${CMAKE_SOURCE_DIR}/web/package-lock.json
		COMMENT "Building the UI")
	file(GLOB welcome CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/courses/welcome/* ${CMAKE_SOURCE_DIR}/courses/welcome/*/*)
	add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/welcome.zip
		COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/courses/build.mjs welcome ${CMAKE_BINARY_DIR}/welcome
		COMMAND mkzip ${CMAKE_BINARY_DIR}/welcome ${CMAKE_BINARY_DIR}/welcome.zip
		DEPENDS mkzip ${welcome} ${CMAKE_SOURCE_DIR}/courses/build.mjs
		COMMENT "Building the welcome course")
	kenes_embed(kenes_web web_ui_files ${CMAKE_BINARY_DIR}/ui.zip)
	kenes_embed(kenes_web web_course_files ${CMAKE_BINARY_DIR}/welcome.zip ${course_packages})
endif()

# Links every folder whole, so that what registers itself (SQL statements) is there.
function(kenes_link_all target)
	foreach(folder IN LISTS KENES_FOLDERS)
		get_target_property(type kenes_${folder} TYPE)
		if(type STREQUAL "STATIC_LIBRARY")
			target_sources(${target} PRIVATE $<TARGET_OBJECTS:kenes_${folder}>)
			target_link_libraries(${target} PRIVATE kenes_${folder}) # for the foreign libraries
		endif()
	endforeach()
endfunction()

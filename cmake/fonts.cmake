# SPDX-License-Identifier: Apache-2.0
# The fonts of printed pages: subsets of Debian's Noto (fonts-noto-core, OFL 1.1), made by the build: Latin,
# all Cyrillic with the 42 letters of Kazakh, and the signs that a certificate needs.
find_program(HB_SUBSET hb-subset REQUIRED)
find_path(NOTO_FOLDER NotoSans-Regular.ttf PATHS /usr/share/fonts/truetype/noto REQUIRED NO_DEFAULT_PATH)
set(font_letters "20-7E,A0-17F,18F,259,400-4FF,2010-2015,2018-201E,2020-2022,2026,2030,2039,203A,20AC,20B8,2116,2212")
set(fonts)
foreach(font NotoSerifDisplay-Bold NotoSerif-Regular NotoSans-Regular NotoSans-Bold)
	set(file ${CMAKE_BINARY_DIR}/fonts/${font}.ttf)
	add_custom_command(OUTPUT ${file}
		COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/fonts
		COMMAND ${HB_SUBSET} ${NOTO_FOLDER}/${font}.ttf --unicodes=${font_letters} --layout-features= --no-hinting --output-file=${file}
		DEPENDS ${NOTO_FOLDER}/${font}.ttf ${CMAKE_SOURCE_DIR}/cmake/fonts.cmake
		COMMENT "Making a subset of ${font}")
	list(APPEND fonts ${file})
endforeach()
get_target_property(paper_type kenes_paper TYPE)
if(paper_type STREQUAL "STATIC_LIBRARY")
	kenes_embed(kenes_paper paper_fonts ${fonts})
endif()

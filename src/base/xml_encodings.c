/* SPDX-License-Identifier: Apache-2.0 */
/* Every encoding is ASCII and, above it, the letters of its upper half, written as they
 * are. U+FFFD stands where an encoding has nothing. */
#include "base/xml_encodings.h"

struct encoding {
	const char *name;
	int first; /* the byte of the first letter: those from 0x80 to it are themselves */
	const char *letters;
};

/* clang-format off */
static const struct encoding encodings[] = {
	{ "windows-1251", 0x80,
	  "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ"
	  "ђ‘’“”•–—\uFFFD™љ›њќћџ"
	  "\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї"
	  "°±Ііґµ¶·ё№є»јЅѕї"
	  "АБВГДЕЖЗИЙКЛМНОП"
	  "РСТУФХЦЧШЩЪЫЬЭЮЯ"
	  "абвгдежзийклмноп"
	  "рстуфхцчшщъыьэюя" },
	{ "windows-1252", 0x80,
	  "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD"
	  "\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"
	  "\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯"
	  "°±²³´µ¶·¸¹º»¼½¾¿"
	  "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
	  "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
	  "àáâãäåæçèéêëìíîï"
	  "ðñòóôõö÷øùúûüýþÿ" },
	{ "koi8-r", 0x80,
	  "─│┌┐└┘├┤┬┴┼▀▄█▌▐"
	  "░▒▓⌠■∙√≈≤≥\u00A0⌡°²·÷"
	  "═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞"
	  "╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©"
	  "юабцдефгхийклмно"
	  "пярстужвьызшэщчъ"
	  "ЮАБЦДЕФГХИЙКЛМНО"
	  "ПЯРСТУЖВЬЫЗШЭЩЧЪ" },
	{ "cp866", 0x80,
	  "АБВГДЕЖЗИЙКЛМНОП"
	  "РСТУФХЦЧШЩЪЫЬЭЮЯ"
	  "абвгдежзийклмноп"
	  "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
	  "└┴┬├─┼╞╟╚╔╩╦╠═╬╧"
	  "╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
	  "рстуфхцчшщъыьэюя"
	  "ЁёЄєЇїЎў°∙·√№¤■\u00A0" },
	{ "kz-1048", 0x80,
	  "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏ"
	  "ђ‘’“”•–—\uFFFD™љ›њқһџ"
	  "\u00A0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00AD®Ү"
	  "°±Ііөµ¶·ё№ғ»әҢңү"
	  "АБВГДЕЖЗИЙКЛМНОП"
	  "РСТУФХЦЧШЩЪЫЬЭЮЯ"
	  "абвгдежзийклмноп"
	  "рстуфхцчшщъыьэюя" },
	{ "iso-8859-5", 0xA0,
	  "\u00A0ЁЂЃЄЅІЇЈЉЊЋЌ\u00ADЎЏ"
	  "АБВГДЕЖЗИЙКЛМНОП"
	  "РСТУФХЦЧШЩЪЫЬЭЮЯ"
	  "абвгдежзийклмноп"
	  "рстуфхцчшщъыьэюя"
	  "№ёђѓєѕіїјљњћќ§ўџ" },
	{ "iso-8859-15", 0xA0,
	  "\u00A0¡¢£€¥Š§š©ª«¬\u00AD®¯"
	  "°±²³Žµ¶·ž¹º»ŒœŸ¿"
	  "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
	  "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
	  "àáâãäåæçèéêëìíîï"
	  "ðñòóôõö÷øùúûüýþÿ" },
};

static const struct {
	const char *other, *name;
} names[] = {
	{ "cp1251", "windows-1251" },     { "cp-1251", "windows-1251" },
	{ "win-1251", "windows-1251" },   { "x-cp1251", "windows-1251" },
	{ "windows1251", "windows-1251" }, { "cp1252", "windows-1252" },
	/* As browsers do: its upper controls are never meant. */
	{ "iso-8859-1", "windows-1252" }, { "iso8859-1", "windows-1252" },
	{ "latin1", "windows-1252" },     { "latin-1", "windows-1252" },
	{ "us-ascii", "windows-1252" },   { "ascii", "windows-1252" },
	{ "koi8r", "koi8-r" },            { "ibm866", "cp866" },
	{ "dos-866", "cp866" },           { "rk1048", "kz-1048" },
	{ "strk1048-2002", "kz-1048" },   { "iso8859-5", "iso-8859-5" },
	{ "iso8859-15", "iso-8859-15" },  { "latin-9", "iso-8859-15" },
};
/* clang-format on */

static const struct encoding *find(str name)
{
	for (size_t i = 0; i < countof(names); i++)
		if (str_is_nocase(name, str_of(names[i].other)))
			name = str_of(names[i].name);
	for (size_t i = 0; i < countof(encodings); i++)
		if (str_is_nocase(name, str_of(encodings[i].name))) return &encodings[i];
	return NULL;
}

const char *xml_encoding_find(str name)
{
	const struct encoding *e = find(name);
	return e ? e->name : NULL;
}

bool xml_encoding_map(const char *name, int map[256])
{
	const struct encoding *e = find(str_of(name));
	if (!e) return false;
	for (int byte = 0; byte < e->first; byte++) map[byte] = byte;
	str letters = str_of(e->letters);
	for (int byte = e->first; byte < 256; byte++) {
		uint32_t rune = 0xFFFD;
		letters = str_part(letters, str_rune(letters, &rune), letters.n);
		map[byte] = (int)rune;
	}
	return true;
}

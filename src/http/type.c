/* SPDX-License-Identifier: Apache-2.0 */
/* Types by ending, and what a text says of its own encoding. Replies carry `nosniff`, so a
 * wrong type here is a file that does not work. */
#include "http/http.h"

struct type {
	str ending;
	const char *type;    /* as it is */
	const char *charset; /* the same with charset=utf-8, for texts; else NULL */
};

#define TEXT(ending, type)                              \
	{                                               \
		S(ending), type, type "; charset=utf-8" \
	}
#define DATA(ending, type)            \
	{                             \
		S(ending), type, NULL \
	}
/* clang-format off */
static const struct type types[] = {
	TEXT("html", "text/html"),
	TEXT("htm", "text/html"),
	TEXT("xhtml", "application/xhtml+xml"),
	TEXT("js", "text/javascript"),
	TEXT("mjs", "text/javascript"),
	TEXT("css", "text/css"),
	TEXT("json", "application/json"),
	TEXT("map", "application/json"),
	TEXT("webmanifest", "application/manifest+json"),
	TEXT("xml", "text/xml"),
	TEXT("xsl", "text/xml"),
	TEXT("xsd", "text/xml"),
	TEXT("dtd", "text/xml"),
	TEXT("txt", "text/plain"),
	TEXT("md", "text/plain"),
	TEXT("csv", "text/csv"),
	TEXT("svg", "image/svg+xml"),
	TEXT("vtt", "text/vtt"),
	TEXT("srt", "text/plain"),
	DATA("png", "image/png"),
	DATA("jpg", "image/jpeg"),
	DATA("jpeg", "image/jpeg"),
	DATA("gif", "image/gif"),
	DATA("webp", "image/webp"),
	DATA("avif", "image/avif"),
	DATA("bmp", "image/bmp"),
	DATA("ico", "image/x-icon"),
	DATA("cur", "image/x-icon"),
	DATA("mp4", "video/mp4"),
	DATA("m4v", "video/mp4"),
	DATA("mov", "video/quicktime"),
	DATA("webm", "video/webm"),
	DATA("ogv", "video/ogg"),
	DATA("mp3", "audio/mpeg"),
	DATA("m4a", "audio/mp4"),
	DATA("aac", "audio/aac"),
	DATA("oga", "audio/ogg"),
	DATA("ogg", "audio/ogg"),
	DATA("opus", "audio/ogg"),
	DATA("wav", "audio/wav"),
	DATA("flac", "audio/flac"),
	DATA("m3u8", "application/vnd.apple.mpegurl"),
	DATA("ts", "video/mp2t"),
	DATA("woff", "font/woff"),
	DATA("woff2", "font/woff2"),
	DATA("ttf", "font/ttf"),
	DATA("otf", "font/otf"),
	DATA("eot", "application/vnd.ms-fontobject"),
	DATA("wasm", "application/wasm"),
	DATA("pdf", "application/pdf"),
	DATA("zip", "application/zip"),
	DATA("swf", "application/x-shockwave-flash"),
	DATA("doc", "application/msword"),
	DATA("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
	DATA("xls", "application/vnd.ms-excel"),
	DATA("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
	DATA("ppt", "application/vnd.ms-powerpoint"),
	DATA("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
};
/* clang-format on */

static const struct type unknown = { S(""), "application/octet-stream", NULL };

static const struct type *type_of(str name)
{
	size_t dot = name.n;
	while (dot && name.p[dot - 1] != '.' && name.p[dot - 1] != '/') dot--;
	if (!dot || name.p[dot - 1] != '.') return &unknown;
	str ending = str_part(name, dot, name.n);
	for (size_t i = 0; i < countof(types); i++)
		if (str_is_nocase(types[i].ending, ending)) return &types[i];
	return &unknown;
}

const char *http_type(str name)
{
	const struct type *t = type_of(name);
	return t->charset ? t->charset : t->type;
}

/* Where `word` (lower case) begins in `s`, ASCII case ignored; s.n when it does not. */
static size_t index_of(str s, str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (str_is_nocase(str_part(s, i, i + word.n), word)) return i;
	return s.n;
}

/* <meta charset=…>, <?xml … encoding=…?>, @charset: whatever stands behind is the file's
 * own business, unless it is UTF-8 anyway. */
static bool declares_another(str s)
{
	static const str words[] = { S("charset"), S("encoding") };
	s = str_part(s, 0, 1024);
	for (size_t i = 0; i < countof(words); i++) {
		size_t at = index_of(s, words[i]);
		if (at == s.n) continue;
		str value = str_part(s, at + words[i].n, at + words[i].n + 16);
		while (value.n && memchr(" =\"'", value.p[0], 4))
			value = str_part(value, 1, value.n);
		return !str_is_nocase(str_part(value, 0, 5), S("utf-8"));
	}
	return false;
}

/* UTF-8, but for a letter that the end has cut. */
static bool begins_utf8(str s)
{
	size_t rest = s.n;
	while (rest && s.n - rest < 3 && ((uint8_t)s.p[rest - 1] & 0xC0) == 0x80) rest--;
	uint8_t lead = rest ? (uint8_t)s.p[rest - 1] : 0;
	size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
	if (s.n - rest + 1 < whole) s.n = rest - 1;
	return str_is_utf8(s);
}

const char *http_type_of(str name, str beginning)
{
	const struct type *t = type_of(name);
	if (!t->charset) return t->type;
	return begins_utf8(beginning) && !declares_another(beginning) ? t->charset
	                                                              : t->type;
}

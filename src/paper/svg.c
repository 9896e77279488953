/* SPDX-License-Identifier: Apache-2.0 */
#include "paper/svg.h"

#include "base/text.h"

#define SVG_MOST ((size_t)4 << 20)

static struct buf *out_of(struct page *page)
{
	return &((struct svg *)(void *)page)->out; /* the page is its first member */
}

static void svg_text(struct page *page, enum font font, double size, uint32_t colour,
                     double gap, double x, double y, str text)
{
	struct buf *out = out_of(page);
	buf_printf(out, "<path fill=\"#%06x\" d=\"", colour);
	font_path(out, font, size, gap, x, y, text);
	buf_str(out, S("\"/>"));
}

static void svg_path(struct page *page, str path, struct ink ink)
{
	struct buf *out = out_of(page);
	buf_str(out, S("<path "));
	if (ink.fill == INK_NONE)
		buf_str(out, S("fill=\"none\""));
	else
		buf_printf(out, "fill=\"#%06x\"", ink.fill);
	if (ink.line != INK_NONE)
		buf_printf(out, " stroke=\"#%06x\" stroke-width=\"%.3f\"", ink.line,
		           ink.line_width);
	buf_str(out, S(" d=\""));
	buf_str(out, path);
	buf_str(out, S("\"/>"));
}

static void base64(struct buf *out, str s)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.n; i += 3) {
		uint32_t v = (uint32_t)(uint8_t)s.p[i] << 16;
		if (i + 1 < s.n) v |= (uint32_t)(uint8_t)s.p[i + 1] << 8;
		if (i + 2 < s.n) v |= (uint8_t)s.p[i + 2];
		buf_char(out, digit[v >> 18]);
		buf_char(out, digit[v >> 12 & 63]);
		buf_char(out, i + 1 < s.n ? digit[v >> 6 & 63] : '=');
		buf_char(out, i + 2 < s.n ? digit[v & 63] : '=');
	}
}

static void svg_jpeg(struct page *page, double x, double y, double w, double h, str bytes)
{
	struct buf *out = out_of(page);
	buf_printf(out,
	           "<image x=\"%.3f\" y=\"%.3f\" width=\"%.3f\" height=\"%.3f\" "
	           "href=\"data:image/jpeg;base64,",
	           x, y, w, h);
	base64(out, bytes);
	buf_str(out, S("\"/>"));
}

static const struct page_kind svg_kind = { svg_text, svg_path, svg_jpeg, NULL };

void svg_begin(struct svg *svg, double width, double height)
{
	svg->page = (struct page){ &svg_kind, width, height };
	buf_init(&svg->out, SVG_MOST);
	buf_printf(
		&svg->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
		"viewBox=\"0 0 %.3f %.3f\"><path fill=\"#fff\" d=\"M0 0H%.3fV%.3fH0Z\"/>",
		width, height, width, height, width, height);
}

enum err svg_end(struct svg *svg, struct arena *a, str *out)
{
	buf_str(&svg->out, S("</svg>\n"));
	bool over = svg->out.over;
	if (!over) *out = arena_copy(a, buf_as_str(&svg->out));
	buf_free(&svg->out);
	return over ? FAIL(ERR_TOO_LARGE, "a picture grew too large") : ERR_OK;
}

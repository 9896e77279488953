/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes drawn from libqrencode's module matrix. The only file that includes qrencode.h.
 */
#include "paper/qr.h"

#include <qrencode.h>

enum { QUIET = 4 }; /* modules of quiet zone, ISO/IEC 18004 section 6.3.8 */

static void code_free(QRcode **code)
{
	QRcode_free(*code);
}

static enum err encode(str text, QRcode **out)
{
	char copy[1024];
	if (text.n >= sizeof copy)
		return FAIL(ERR_TOO_LARGE, "a QR code for %zu bytes", text.n);
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	*out = QRcode_encodeString(copy, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!*out) return FAIL(ERR_TOO_LARGE, "no QR code holds %zu bytes", text.n);
	return ERR_OK;
}

/* Modules outside the code are the quiet zone: light. */
static bool dark(const QRcode *code, int x, int y)
{
	if (x < 0 || y < 0 || x >= code->width || y >= code->width) return false;
	return code->data[y * code->width + x] & 1;
}

enum err qr_make(struct arena *a, str text, struct qr *out)
{
	on_exit_of_scope(code_free) QRcode *code = NULL;
	TRY(encode(text, &code));
	size_t n = (size_t)code->width * (size_t)code->width;
	uint8_t *modules = arena_alloc(a, n);
	for (size_t i = 0; i < n; i++) modules[i] = code->data[i] & 1;
	*out = (struct qr){ code->width, modules };
	return ERR_OK;
}

enum err qr_svg(struct buf *out, str text)
{
	on_exit_of_scope(code_free) QRcode *code = NULL;
	TRY(encode(text, &code));
	int side = code->width + 2 * QUIET;
	buf_printf(
		out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
		"<path d=\"",
		side, side, side, side);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width;) {
			int run = 0;
			while (dark(code, x + run, y)) run++;
			if (run)
				buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET,
				           run, run);
			x += run + 1;
		}
	buf_str(out, S("\"/></svg>"));
	return out->over ? FAIL(ERR_TOO_LARGE, "no room for a QR code") : ERR_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The only file that includes hpdf.h. Fonts are given to libharu from memory, by the steps
 * of its own HPDF_LoadTTFontFromFile: that one wants a file. */
#include "paper/pdf.h"

#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>

#include "paper/inside.h"

#define TEXT_MOST 2000              /* bytes of one line */
#define PATH_MOST ((size_t)1 << 20) /* bytes of a path, an address, a title */

struct pdf {
	struct page page; /* the one being drawn */
	HPDF_Doc doc;
	HPDF_Page sheet;
	HPDF_Font font[FONTS]; /* NULL until it is used */
	HPDF_Image image;      /* the last picture: a logo comes on every page */
	const char *image_of;
	const struct pdf_plan *plan;
	struct buf *out;
};

static struct pdf *pdf_of(struct page *page)
{
	return (struct pdf *)(void *)page; /* the page is its first member */
}

/* ---- fonts ---- */
static const char *load_font(HPDF_Doc doc, str file)
{
	HPDF_Stream stream = HPDF_MemStream_New(doc->mmgr, (HPDF_UINT)file.n);
	if (!stream) return NULL;
	HPDF_Stream_Write(stream, (const HPDF_BYTE *)file.p, (HPDF_UINT)file.n);
	HPDF_Stream_Seek(stream, 0, HPDF_SEEK_SET);
	/* It owns the stream from here on. */
	HPDF_FontDef def = HPDF_TTFontDef_Load(doc->mmgr, stream, HPDF_TRUE);
	if (!def || HPDF_List_Add(doc->fontdef_list, def) != HPDF_OK) return NULL;
	/* A subset's name begins with six letters of its own (ISO 32000-1 §9.6.4). */
	char tag[] = "KENESA";
	tag[5] = (char)('A' + doc->fontdef_list->count % 26);
	HPDF_TTFontDef_SetTagName(def, tag);
	return def->base_font;
}

/* libharu writes which letter a code is in a form that not every reader takes; ours is by
 * ISO 32000-1 §9.10.3. Codes are the letters' numbers in Unicode. */
static void tell_letters(HPDF_Doc doc, HPDF_Font font)
{
	HPDF_Dict letters = HPDF_DictStream_New(doc->mmgr, doc->xref);
	if (!letters) return;
	HPDF_Stream_WriteStr(letters->stream,
	                     "/CIDInit /ProcSet findresource begin\n12 dict begin\n"
	                     "begincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering "
	                     "(UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS "
	                     "def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
	                     "endcodespacerange\n");
	/* A range may not cross from one first byte to another. */
	static const uint8_t block[] = { 0x00, 0x01, 0x02, 0x04, 0x20, 0x21, 0x22 };
	char line[64];
	HPDF_Stream_WriteStr(letters->stream, "7 beginbfrange\n");
	for (size_t i = 0; i < countof(block); i++) {
		snprintf(line, sizeof line, "<%02X00> <%02XFF> <%02X00>\n", block[i],
		         block[i], block[i]);
		HPDF_Stream_WriteStr(letters->stream, line);
	}
	HPDF_Stream_WriteStr(letters->stream,
	                     "endbfrange\nendcmap\nCMapName currentdict /CMap "
	                     "defineresource pop\nend\nend\n");
	HPDF_Dict_Add(font, "ToUnicode", letters);
}

static HPDF_Font font_of(struct pdf *pdf, enum font font)
{
	if (!pdf->font[font]) {
		const char *name = load_font(pdf->doc, font_file(font));
		if (name) pdf->font[font] = HPDF_GetFont(pdf->doc, name, "UTF-8");
		if (pdf->font[font]) tell_letters(pdf->doc, pdf->font[font]);
	}
	return pdf->font[font];
}

/* ---- drawing ---- */
static float part(uint32_t colour, int shift)
{
	return (float)(colour >> shift & 255) / 255.0f;
}

static void pdf_text(struct page *page, enum font font, double size, uint32_t colour,
                     double gap, double x, double y, str text)
{
	struct pdf *pdf = pdf_of(page);
	HPDF_Font loaded = font_of(pdf, font);
	char line[TEXT_MOST];
	if (!loaded || text.n >= sizeof line) return;
	memcpy(line, text.p, text.n);
	line[text.n] = 0;
	HPDF_Page_BeginText(pdf->sheet);
	HPDF_Page_SetFontAndSize(pdf->sheet, loaded, (float)size);
	HPDF_Page_SetRGBFill(pdf->sheet, part(colour, 16), part(colour, 8),
	                     part(colour, 0));
	HPDF_Page_SetCharSpace(pdf->sheet, (float)gap);
	HPDF_Page_TextOut(pdf->sheet, (float)x, (float)(page->height - y), line);
	HPDF_Page_EndText(pdf->sheet);
}

/* `n` coordinates behind a command. */
static const char *numbers(const char *p, double *out, int n)
{
	for (int i = 0; i < n; i++) {
		char *end;
		while (*p == ' ' || *p == ',') p++;
		out[i] = strtod(p, &end);
		p = end;
	}
	return p;
}

static void put_path(struct pdf *pdf, const char *p)
{
	double h = pdf->page.height, v[6];
	while (*p) {
		char command = *p++;
		if (command == 'M' || command == 'L') {
			p = numbers(p, v, 2);
			if (command == 'M')
				HPDF_Page_MoveTo(pdf->sheet, (float)v[0],
				                 (float)(h - v[1]));
			else
				HPDF_Page_LineTo(pdf->sheet, (float)v[0],
				                 (float)(h - v[1]));
		} else if (command == 'C') {
			p = numbers(p, v, 6);
			HPDF_Page_CurveTo(pdf->sheet, (float)v[0], (float)(h - v[1]),
			                  (float)v[2], (float)(h - v[3]), (float)v[4],
			                  (float)(h - v[5]));
		} else if (command == 'Z') {
			HPDF_Page_ClosePath(pdf->sheet);
		}
	}
}

static void pdf_path(struct page *page, str path, struct ink ink)
{
	struct pdf *pdf = pdf_of(page);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(PATH_MOST);
	uint32_t fill = ink.fill, line = ink.line;
	if (fill != INK_NONE)
		HPDF_Page_SetRGBFill(pdf->sheet, part(fill, 16), part(fill, 8),
		                     part(fill, 0));
	if (line != INK_NONE) {
		HPDF_Page_SetRGBStroke(pdf->sheet, part(line, 16), part(line, 8),
		                       part(line, 0));
		HPDF_Page_SetLineWidth(pdf->sheet, (float)ink.line_width);
	}
	put_path(pdf, arena_copy(a, path).p);
	if (fill != INK_NONE && line != INK_NONE)
		HPDF_Page_FillStroke(pdf->sheet);
	else if (fill != INK_NONE)
		HPDF_Page_Fill(pdf->sheet);
	else
		HPDF_Page_Stroke(pdf->sheet);
}

static void pdf_jpeg(struct page *page, double x, double y, double w, double h, str bytes)
{
	struct pdf *pdf = pdf_of(page);
	if (pdf->image_of != bytes.p)
		pdf->image = HPDF_LoadJpegImageFromMem(pdf->doc, (const HPDF_BYTE *)bytes.p,
		                                       (HPDF_UINT)bytes.n);
	pdf->image_of = bytes.p;
	if (pdf->image)
		HPDF_Page_DrawImage(pdf->sheet, pdf->image, (float)x,
		                    (float)(page->height - y - h), (float)w, (float)h);
}

static void pdf_link(struct page *page, double x, double y, double w, double h, str address)
{
	struct pdf *pdf = pdf_of(page);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(PATH_MOST);
	float bottom = (float)(page->height - y - h);
	HPDF_Rect box = { (float)x, bottom, (float)(x + w), bottom + (float)h };
	HPDF_Annotation link =
		HPDF_Page_CreateURILinkAnnot(pdf->sheet, box, arena_copy(a, address).p);
	if (link) HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
}

static const struct page_kind pdf_kind = { pdf_text, pdf_path, pdf_jpeg, pdf_link };

/* ---- the document ---- */

static enum err of_haru(HPDF_Doc doc, const char *doing)
{
	HPDF_STATUS status = HPDF_GetError(doc);
	if (status == HPDF_OK) return ERR_OK;
	return FAIL(status == HPDF_FAILD_TO_ALLOC_MEM ? ERR_FULL : ERR_IO,
	            "%s a PDF: libharu says 0x%04lx", doing, status);
}

static fallible draw_pages(struct pdf *pdf)
{
	const struct pdf_plan *plan = pdf->plan;
	for (size_t i = 0; i < plan->pages; i++) {
		pdf->sheet = HPDF_AddPage(pdf->doc);
		if (!pdf->sheet) return of_haru(pdf->doc, "drawing");
		HPDF_Page_SetWidth(pdf->sheet, (float)plan->width);
		HPDF_Page_SetHeight(pdf->sheet, (float)plan->height);
		pdf->page = (struct page){ &pdf_kind, plan->width, plan->height };
		TRY(plan->draw(plan->context, i, &pdf->page));
		TRY(of_haru(pdf->doc, "drawing"));
	}
	return ERR_OK;
}

static fallible save(struct pdf *pdf)
{
	HPDF_BYTE piece[1024];
	HPDF_UINT32 n;
	HPDF_SaveToStream(pdf->doc);
	TRY(of_haru(pdf->doc, "writing"));
	HPDF_ResetStream(pdf->doc);
	do {
		n = sizeof piece;
		HPDF_ReadFromStream(pdf->doc, piece, &n);
		buf_add(pdf->out, piece, n);
	} while (n > 0);
	return pdf->out->over ? FAIL(ERR_TOO_LARGE, "a PDF grew too large") : ERR_OK;
}

static fallible make(struct pdf *pdf)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(PATH_MOST);
	HPDF_SetCompressionMode(pdf->doc, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(pdf->doc);
	HPDF_SetCurrentEncoder(pdf->doc, "UTF-8");
	HPDF_SetInfoAttr(pdf->doc, HPDF_INFO_TITLE, arena_copy(a, pdf->plan->title).p);
	HPDF_SetInfoAttr(pdf->doc, HPDF_INFO_PRODUCER, "Kenes");
	TRY(of_haru(pdf->doc, "beginning"));
	TRY(draw_pages(pdf));
	return save(pdf);
}

static enum err run(void *arg)
{
	struct pdf *pdf = arg;
	pdf->doc = HPDF_New(NULL, NULL);
	enum err e = pdf->doc ? make(pdf) : FAIL(ERR_FULL, "no memory for a PDF");
	if (pdf->doc) HPDF_Free(pdf->doc);
	return e;
}

enum err pdf_make(const struct pdf_plan *plan, struct buf *out)
{
	struct pdf pdf = { .plan = plan, .out = out };
	return on_large_stack(run, &pdf);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a site does with things that come from above: which name belongs to which subject.
 * What is not named here is kept as it came, for whoever asks for it (down_item). */
#include "app/inside.h"
#include "people/people.h"

enum err records_apply(struct tx *tx, void *context, const struct down_entry *e,
                       str content)
{
	(void)context;
	if (str_starts(e->name, S("erased/"))) {
		enum err err = person_erase(tx, content);
		return err == ERR_NOT_FOUND ? ERR_OK : err; /* never was here */
	}
	return ERR_OK;
}

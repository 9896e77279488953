/* SPDX-License-Identifier: Apache-2.0 */
/* The words that stand in the pages themselves; those of questions and tests are the
 * browser's (web/src/lesson/words). */
#pragma once

#include "authoring/tables.h"

/* clang-format off */
#define PAGE_WORDS(X) \
	X(GOALS,     "Бұл сабақтан кейін",          "После этого урока",                 "After this lesson") \
	X(CASE,      "Жағдай",                      "Случай",                            "Case") \
	X(CHECKLIST, "Өзіңізбен алып кетіңіз",      "Возьмите с собой",                  "Take home") \
	X(NOTE,      "Ескерту",                     "Обратите внимание",                 "Note") \
	X(SOURCES,   "Дереккөздер",                 "Источники",                         "Sources") \
	X(LAW_AS_OF, "Заңнама мына күнгі жағдай бойынша: ", "Законодательство по состоянию на ", "Law as of ") \
	X(PRETEST,   "Бастар алдында",              "Перед началом",                     "Before you start") \
	X(TEST,      "Қорытынды тест",              "Итоговый тест",                     "Final test") \
	X(ANNEXES,   "Басып шығаруға арналған үлгілер", "Образцы для печати",            "Templates to print")
/* clang-format on */

enum page_word {
#define X(name, kk, ru, en) WORD_##name,
	PAGE_WORDS(X)
#undef X
		PAGE_WORD_COUNT
};
str page_word(enum page_word, enum language);

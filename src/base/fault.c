/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fault.h"

#ifdef FAULTS
static _Thread_local int countdown;

void fault_at(int n)
{
	countdown = n;
}

bool fault_waiting(void)
{
	return countdown > 0;
}

bool fault_now(void)
{
	return countdown > 0 && --countdown == 0;
}
#else
typedef int fault_nothing; /* a file must hold something */
#endif

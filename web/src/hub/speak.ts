// SPDX-License-Identifier: Apache-2.0
// The desk's words come a language at a time: three would be half of its script.
import { useEffect, useState } from 'preact/hooks';
import { patience } from '../app/state/load';
import { language } from '../app/state/words';
import { addWords, type Language } from '../words/words';

declare const WORDS_OF_HUB: Record<Language, string>; // addresses; esbuild.mjs puts them in

const here = new Set<Language>();

async function fetchWords(spoken: Language): Promise<void> {
  const reply = await fetch(WORDS_OF_HUB[spoken]);
  if (!reply.ok) throw new Error(String(reply.status));
  addWords(spoken, await reply.json() as Record<string, string>);
  here.add(spoken);
}

/** False until any words are here. Tries again for as long as it takes; meanwhile the former language stays. */
export function useWords(): boolean {
  const spoken = language.use(), [round, setRound] = useState(0);
  useEffect(() => {
    if (here.has(spoken)) return;
    let later: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => setRound(round + 1);
    fetchWords(spoken).then(again, () => { later = setTimeout(again, patience(1)); });
    return () => clearTimeout(later);
  }, [spoken, round]);
  return here.size > 0;
}

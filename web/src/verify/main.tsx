// SPDX-License-Identifier: Apache-2.0
// The verification page: a photograph of the QR code, or its link, or the number, and the answer in large type. One
// script for two pages: /v on every Kenes, and one file that works from a disk without any network.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { firstLanguage, languages, say, type Key, type Language, type Values } from '../words/words';
import { Answer } from './Answer';
import { add, empty, load, served } from './known';
import { readPhoto } from './photo';
import { readSerial } from './serial';
import { verifyText, type Verdict } from './verdict';

const known = empty();

/** A number alone says nothing that could be checked; only the Kenes that issued it knows more. */
async function askForSerial(serial: string): Promise<Verdict | 'number'> {
  if (!served) return 'number';
  try {
    const reply = await fetch('/api/verify', {
      method: 'POST', cache: 'no-store', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text: serial }),
    });
    return reply.ok ? (await reply.json()) as Verdict : 'number';
  } catch {
    return 'number';
  }
}

/** What this page knows of a number by itself: whether a list names it. */
function listed(serial: string): Verdict | undefined {
  for (const list of known.revocations) {
    const one = list.entries.get(serial);
    if (!one) continue;
    const v: Verdict = { status: one.by ? 'superseded' : 'revoked', ended_on: one.on, overdue: false, revocations_dated: list.dated };
    if (one.by) v.superseded_by = one.by;
    if (one.reason) v.reason = one.reason;
    return v;
  }
  return undefined;
}

type Shown = { kind: 'nothing' } | { kind: 'busy' } | { kind: 'trouble'; key: Key } | { kind: 'verdict'; verdict: Verdict };

function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage(null));
  const [text, setText] = useState('');
  const [shown, show] = useState<Shown>({ kind: 'nothing' });
  const [lists, countLists] = useState(0);
  const photo = useRef<HTMLInputElement>(null), answer = useRef<HTMLDivElement>(null);
  const t = (key: Key, values?: Values): string => say(language, key, values);

  const check = async (what: string): Promise<void> => {
    const serial = readSerial(what.trim());
    if (!what.trim()) return show({ kind: 'trouble', key: 'verify.empty' });
    if (!serial) return show({ kind: 'verdict', verdict: verifyText(what, known) });
    const own = listed(serial), said = own ?? await askForSerial(serial);
    show(said === 'number' ? { kind: 'trouble', key: 'verify.number-only' } : { kind: 'verdict', verdict: said });
  };
  const fromPhoto = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    show({ kind: 'busy' });
    const found = await readPhoto(file).catch(() => undefined);
    if (found) await check(found);
    else show({ kind: 'trouble', key: 'verify.no-code' });
  };
  const fromFiles = async (files: FileList | null): Promise<void> => {
    let good = 0;
    for (const file of Array.from(files ?? [])) {
      const reader = new FileReader();
      const content = await new Promise<string>(done => { reader.onload = () => done(String(reader.result)); reader.onerror = () => done(''); reader.readAsText(file); });
      if (add(known, content)) good++;
    }
    if (!good) show({ kind: 'trouble', key: 'verify.no-list' });
    countLists(lists + good);
  };

  useEffect(() => { document.documentElement.lang = language; document.title = t('verify.title'); }, [language]);
  useEffect(() => {
    const begin = async (): Promise<void> => {
      await load(known);
      countLists(known.revocations.length);
      if (location.hash.length > 20) await check(location.href);
    };
    const changed = (): void => { if (location.hash.length > 20) void check(location.href); };
    void begin();
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => { if (shown.kind === 'verdict') answer.current?.focus(); }, [shown]);

  return (
    <>
      <header>
        <b>Kenes</b>
        <nav aria-label={t('verify.language')}>
          {languages.map(l => <button key={l} type="button" lang={l} aria-pressed={l === language} onClick={() => setLanguage(l)}>{say(l, 'verify.own-name')}</button>)}
        </nav>
      </header>
      <main>
        <h1>{t('verify.title')}</h1>
        <div ref={answer} tabIndex={-1} role="status" aria-live="polite" class="answer">
          {shown.kind === 'busy' && <p class="busy">{t('verify.busy')}</p>}
          {shown.kind === 'trouble' && <p class="card warn">{t(shown.key)}</p>}
          {shown.kind === 'verdict' && <Answer verdict={shown.verdict} language={language} />}
        </div>
        <section class="card">
          <input ref={photo} id="photo" class="hide" type="file" accept="image/*" capture="environment" tabIndex={-1} aria-hidden="true"
            onChange={e => { void fromPhoto(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
          <button type="button" class="big" disabled={shown.kind === 'busy'} onClick={() => photo.current?.click()}>{t('verify.photo')}</button>
          <p class="hint">{t('verify.photo-hint')}</p>
          <form onSubmit={e => { e.preventDefault(); void check(text); }}>
            <label for="text">{t('verify.text')}</label>
            <textarea id="text" rows={2} spellcheck={false} autocapitalize="off" value={text} onInput={e => setText(e.currentTarget.value)} />
            <button type="submit">{t('verify.check')}</button>
          </form>
        </section>
        <details class="card">
          <summary>{t('verify.lists')}</summary>
          <p>{t('verify.lists-what', { hubs: known.trust.hubs.length, n: known.revocations.length })}</p>
          <ul>{known.revocations.map(list => <li key={list.dated}>{t('verify.list-of', { date: list.dated.slice(0, 10) })}</li>)}</ul>
          <label for="lists">{t('verify.add-lists')}</label>
          <input id="lists" type="file" multiple accept=".txt,text/plain" onChange={e => void fromFiles(e.currentTarget.files)} />
          {served && <p><a href="/api/verify/page.html" download="kenes-verify.html">{t('verify.save')}</a></p>}
        </details>
      </main>
    </>
  );
}


const root = document.getElementById('verify');
if (root) render(<App />, root);

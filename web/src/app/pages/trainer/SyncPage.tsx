// SPDX-License-Identifier: Apache-2.0
// The centre: is everything there? Sending by line, by a file that somebody carries, and registering at first.
import { useRef, useState } from 'preact/hooks';
import { address, call, headers, reach, Trouble, troubleOf, upload } from '../../../api/call';
import type { Staged, SyncState } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { ago, bytes, today } from '../../state/format';
import { usePoll } from '../../state/load';
import { toast } from '../../state/toast';
import { t } from '../../state/words';
import { readPhoto } from '../../../verify/photo';
import { TextField, useErrors } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { CourierCode } from './CourierCode';
import { TrainerFrame } from './Frame';

export function SyncPage() {
  const sync = usePoll('GET /api/sync', {}, 3000);
  usePage(t('sync.title'), !!sync.data);
  if (!sync.data) return <TrainerFrame>{sync.trouble ? <NotLoaded trouble={sync.trouble} again={sync.again} /> : <Loading />}</TrainerFrame>;
  return (
    <TrainerFrame>
      <h1>{t('sync.title')}</h1>
      {sync.data.enrolled ? <Registered state={sync.data} again={sync.again} /> : <Enrol done={sync.again} />}
    </TrainerFrame>
  );
}

// ---- registered ----

/** The server's word for why the last contact failed, as Trouble, for the sentence. */
const troubles: Record<string, Trouble> = {
  'no-line': new Trouble('busy', 'no-line'), later: new Trouble('busy', 'later'), 'not-the-hub': new Trouble('invalid', 'not-the-hub'),
  revoked: new Trouble('denied', 'revoked'), 'unknown-site': new Trouble('denied', 'unknown-site'), expired: new Trouble('denied', 'expired'),
  forged: new Trouble('denied', 'forged'), 'hub-revoked': new Trouble('denied', 'hub-revoked'), full: new Trouble('full'), io: new Trouble('io'),
};

function Registered({ state, again }: { state: SyncState; again: () => void }) {
  const all = state.unsent === 0;
  const start = async (): Promise<void> => {
    try {
      await call('POST /api/sync/now');
      again();
    } catch (e) {
      toast(errorText(e));
    }
  };
  return (
    <div class="stack">
      <section class={`card stack-s sync-count ${all ? 'good' : ''}`} aria-live="polite">
        <p class="sync-figure"><Icon name={all ? 'done' : 'wait'} /><b class="digits">{state.records - state.unsent}</b><span>{t('sync.of', { n: state.records })}</span></p>
        <p class="large">{all ? t('sync.all') : t('sync.unsent', { n: state.unsent })}</p>
        {state.told_at ? <p class="muted">{t('sync.told', { ago: ago(state.told_at) })}</p> : null}
        <p>
          <button type="button" class="button big" disabled={state.running} onClick={() => void start()}>
            {state.running ? <span class="spinner" aria-hidden="true" /> : <Icon name="again" />}{t(state.running ? 'sync.running' : 'sync.now')}
          </button>
        </p>
      </section>
      {state.trouble && !state.running && <Notice tone={state.trouble === 'no-line' || state.trouble === 'later' ? 'calm' : 'bad'}>{errorText(troubles[state.trouble] ?? new Trouble('broken'))}</Notice>}
      {state.refused > 0 && <Notice tone="warn">{t('sync.refused', { n: state.refused })}</Notice>}
      {state.staged.map(s => <StagedFile key={s.id} staged={s} again={again} />)}
      <Carry state={state} again={again} />
      <p class="muted">{t('sync.where', { hub: state.hub ?? '', scope: state.scope ?? '' })}</p>
    </div>
  );
}

// ---- a file that somebody carries ----

/** Saves what the browser was given under a name. */
function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Carry({ state, again }: { state: SyncState; again: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const work = async (run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await run();
    } catch (e) {
      setTrouble(e);
    }
    setBusy(false);
    again();
  };
  const take = (): Promise<void> => work(async () => {
    const reply = await reach(address('GET /api/sync/bundle'), { headers: headers() }, 120);
    if (!reply.ok) throw troubleOf(reply.status, await reply.text());
    save(await reply.blob(), `kenes-${today()}.kenes`);
  });
  const read = (file: File): Promise<void> => work(async () => {
    const now = await upload('PUT /api/sync/receipt', { body: file }, () => undefined);
    toast(now.unsent === 0 ? t('sync.all') : t('sync.unsent', { n: now.unsent }));
  });
  return (
    <section class="card stack-s" aria-label={t('sync.carry')}>
      <h2>{t('sync.carry')}</h2>
      <p class="muted">{t('sync.carry-what')}</p>
      <TroubleNotice trouble={trouble} />
      <p class="actions">
        <button type="button" class="button plain" disabled={busy || state.unsent === 0} onClick={() => void take()}><Icon name="download" />{t('sync.take')}</button>
        <input ref={input} id="receipt" class="hide" type="file" disabled={busy}
          onChange={() => {
            const file = input.current?.files?.[0];
            if (file) void read(file);
            if (input.current) input.current.value = '';
          }} />
        <label class="button plain" for="receipt"><Icon name="upload" />{t('sync.read')}</label>
      </p>
      {state.unsent > 0 && <CourierCode />}
    </section>
  );
}

/** A file that somebody brought, with what is new in it: nothing of it counts until it is taken. */
function StagedFile({ staged, again }: { staged: Staged; again: () => void }) {
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  const { news, courses, others, course_bytes, left_out } = staged.what;
  const decide = (route: 'POST /api/sync/staged/{id}/take' | 'POST /api/sync/staged/{id}/drop'): void => {
    setBusy(true);
    setTrouble(undefined);
    call(route, { params: { id: staged.id } }).then(() => { if (route.endsWith('take')) toast(t('sync.staged-taken')); }, setTrouble)
      .then(() => { setBusy(false); again(); }, () => undefined);
  };
  return (
    <section class="card stack-s" aria-label={t('sync.staged')}>
      <h2>{t('sync.staged')}</h2>
      <TroubleNotice trouble={trouble} />
      <ul class="plain-list">
        {news > 0 && <li>{t('sync.staged-news', { n: news })}</li>}
        {courses > 0 && <li>{t('sync.staged-courses', { n: courses, size: bytes(course_bytes) })}</li>}
        {others > 0 && <li>{t('sync.staged-others', { n: others })}</li>}
        {left_out > 0 && <li class="muted">{t('sync.staged-left', { n: left_out })}</li>}
      </ul>
      <p class="actions">
        <button type="button" class="button" disabled={busy} onClick={() => decide('POST /api/sync/staged/{id}/take')}><Icon name="ok" />{t('sync.staged-take')}</button>
        <button type="button" class="button plain" disabled={busy} onClick={() => decide('POST /api/sync/staged/{id}/drop')}>{t('sync.staged-drop')}</button>
      </p>
    </section>
  );
}

// ---- at first ----

function Enrol({ done }: { done: () => void }) {
  const [hub, setHub] = useState('https://'), [code, setCode] = useState(''), [contact, setContact] = useState('');
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  const [errors, check] = useErrors(['hub', 'code']);
  const [reading, setReading] = useState(false), [unread, setUnread] = useState(false);
  const scan = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setReading(true);
    setUnread(false);
    const found = await readPhoto(file).catch(() => undefined);
    const [, url, short] = found?.match(/^(https?:\/\/[^#]+)#([A-Z0-9-]+)$/) ?? [];
    if (url && short) {
      setHub(url);
      setCode(short);
    } else setUnread(true);
    setReading(false);
  };
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const whole = hub.includes('#');
    const ok = check({
      hub: /^https?:\/\/[^/]+/.test(hub.trim()) ? undefined : t('err.invalid.bad-url'),
      code: whole || code.replace(/[-\s]/g, '').length === 20 ? undefined : t('err.invalid.bad-code'),
    });
    if (!ok) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await call('POST /api/sync/enrol', { body: { hub: hub.trim(), code: code.trim(), contact: contact.trim() } });
      done();
    } catch (e) {
      setTrouble(e);
    }
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={e => void submit(e)} noValidate>
      <p class="large muted">{t('sync.enrol-what')}</p>
      <TroubleNotice trouble={trouble} />
      <div class="stack-s">
        <input class="hide" id="qr" type="file" accept="image/*" disabled={reading} onChange={e => { void scan(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
        <label class="button plain" for="qr">{reading ? <span class="spinner" aria-hidden="true" /> : <Icon name="upload" />}{t(reading ? 'sync.scan-busy' : 'sync.scan')}</label>
        <p class="hint">{t('sync.scan-hint')}</p>
        {unread && <Notice tone="warn">{t('sync.scan-none')}</Notice>}
      </div>
      <TextField id="hub" label={t('sync.hub')} hint={t('sync.hub-hint')} error={errors.hub} value={hub} set={setHub} input={{ maxLength: 600, inputMode: 'url', spellcheck: false, autocapitalize: 'off' }} />
      <TextField id="code" label={t('sync.code')} hint={t('sync.code-hint')} error={errors.code} value={code} set={setCode} input={{ maxLength: 40, spellcheck: false, autocapitalize: 'characters' }} />
      <TextField id="contact" label={t('sync.contact')} hint={t('sync.contact-hint')} optional value={contact} set={setContact} input={{ maxLength: 200, autocomplete: 'tel' }} />
      <button class="button big" disabled={busy}>{busy && <span class="spinner" aria-hidden="true" />}{t('sync.enrol')}<Icon name="next" at="after" /></button>
    </form>
  );
}

// SPDX-License-Identifier: Apache-2.0
// How certificates look: the words, who signs, the logo; beside it a sample that follows every key.
import { useEffect, useState } from 'preact/hooks';
import { address, call, headers, reach, troubleOf } from '../../../api/call';
import type { CertificateTemplate } from '../../../api/routes.gen';
import { dataUrl, picture, redraw } from '../../state/download';
import { useLoad } from '../../state/load';
import { toast } from '../../state/toast';
import { t, type Key } from '../../state/words';
import { Field, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { TrainerFrame } from './Frame';

const LOGO_WIDTH = 900; // pixels: 75 mm at 300 dpi
const SIGNATORIES = 3;

export function TemplatePage() {
  const now = useLoad(() => call('GET /api/certificate-template'), []);
  usePage(t('template.title'), !!now.data);
  return (
    <TrainerFrame wide>
      <h1>{t('template.title')}</h1>
      <p class="muted">{t('template.what')}</p>
      {now.data ? <Editor key={now.data.centre ?? ''} now={now.data} again={now.again} /> : now.trouble ? <NotLoaded trouble={now.trouble} again={now.again} /> : <Loading />}
    </TrainerFrame>
  );
}

type Words = 'title' | 'intro_kk' | 'intro_ru' | 'done_kk' | 'done_ru';
const words: [Words, Key][] = [
  ['title', 'template.heading'], ['intro_kk', 'template.intro-kk'], ['intro_ru', 'template.intro-ru'],
  ['done_kk', 'template.done-kk'], ['done_ru', 'template.done-ru'],
];

/** Signatories without a name are no signatories. */
const clean = ({ centre: _, ...look }: CertificateTemplate): CertificateTemplate => ({ ...look, signatories: (look.signatories ?? []).filter(s => s.name.trim()) });

function Editor({ now, again }: { now: CertificateTemplate; again: () => void }) {
  const decided = now.centre === 'mandatory';
  const [look, setLook] = useState(now), [version, setVersion] = useState(0);
  const [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  const set = (part: Partial<CertificateTemplate>): void => setLook({ ...look, ...part });
  const people = Array.from({ length: SIGNATORIES }, (_, i) => look.signatories?.[i] ?? { name: '', role: '' });
  const sign = (i: number, part: { name?: string; role?: string }): void => set({ signatories: people.map((p, k) => (k === i ? { ...p, ...part } : p)) });
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    try { await work(); toast(t('template.saved')); } catch (e) { setTrouble(e); }
    setBusy(false);
  };
  const putLogo = (file: File): Promise<void> => run(async () => {
    await sendLogo(file);
    set({ logo: true });
    setVersion(version + 1);
  });
  const reset = async (): Promise<void> => { await call('DELETE /api/certificate-template'); again(); };
  const dropLogo = (): Promise<void> => run(async () => {
    await call('DELETE /api/certificate-logo');
    set({ logo: false });
  });
  return (
    <div class="template">
      <form class="card stack" onSubmit={e => { e.preventDefault(); void run(async () => { await call('POST /api/certificate-template', { body: clean(look) }); again(); }); }}>
        <TroubleNotice trouble={trouble} />
        {now.centre && <Notice tone="teal">{t(decided ? 'template.mandatory' : 'template.offered')}</Notice>}
        <fieldset class="plain-set stack" disabled={decided}>
          {words.map(([name, label]) => <TextField key={name} id={name} label={t(label)} value={look[name]} set={text => set({ [name]: text })} input={{ maxLength: name === 'title' ? 30 : 110, required: name === 'title' }} />)}
          {people.map((p, i) => (
            <div key={i} class="pair">
              <TextField id={`name-${i}`} label={t('template.signatory', { n: i + 1 })} value={p.name} set={name => sign(i, { name })} input={{ maxLength: 80 }} />
              <TextField id={`role-${i}`} label={t('template.role')} value={p.role ?? ''} set={role => sign(i, { role })} input={{ maxLength: 120 }} />
            </div>
          ))}
          <div class="pair">
            <TextField id="hours" label={t('cert.hours')} value={String(look.hours)} set={n => set({ hours: Number(n) || 0 })} input={{ type: 'number', min: 0, max: 1000 }} />
            <TextField id="valid" label={t('template.valid')} value={String(look.valid_months)} set={n => set({ valid_months: Number(n) || 0 })} input={{ type: 'number', min: 0, max: 120 }} />
          </div>
          <Field id="logo" label={t('template.logo')} hint={t('template.logo-hint')}>
            <input id="logo" class="input" type="file" accept="image/*" disabled={busy} aria-describedby="logo-hint" onChange={e => { const file = e.currentTarget.files?.[0]; if (file) void putLogo(file); }} />
          </Field>
          {look.logo && <p><button type="button" class="button quiet tight" disabled={busy} onClick={() => void dropLogo()}>{t('template.logo-drop')}</button></p>}
          <button class="button big" disabled={busy}><Icon name="ok" />{t('common.save')}</button>
        </fieldset>
        {!now.centre && <p><button type="button" class="button quiet tight" disabled={busy} onClick={() => void run(reset)}>{t('template.reset')}</button></p>}
      </form>
      <Preview look={clean(look)} version={version} />
    </div>
  );
}

/** Any picture as a JPEG that is small enough. */
async function sendLogo(file: File): Promise<void> {
  const image = await dataUrl(file).then(picture).catch(() => { throw troubleOf(400, '{"error":"invalid","reason":"bad-logo"}'); });
  const jpeg = await redraw(image, Math.min(LOGO_WIDTH, image.naturalWidth || LOGO_WIDTH), 'image/jpeg');
  const reply = await reach(address('PUT /api/certificate-logo'), { method: 'PUT', headers: headers({ 'Content-Type': 'image/jpeg' }), body: jpeg });
  if (!reply.ok) throw troubleOf(reply.status, await reply.text());
}

function Preview({ look, version }: { look: CertificateTemplate; version: number }) {
  const [image, setImage] = useState('');
  const body = JSON.stringify(look);
  useEffect(() => {
    let gone = false;
    const later = setTimeout(() => {
      reach(address('POST /api/certificate-template/preview'), { method: 'POST', headers: headers({ 'Content-Type': 'application/json' }), body })
        .then(reply => (reply.ok ? reply.text() : ''))
        .then(svg => { if (!gone && svg) setImage(`data:image/svg+xml,${encodeURIComponent(svg)}`); })
        .catch(() => undefined); // the last sample stays
    }, 150);
    return () => { gone = true; clearTimeout(later); };
  }, [body, version]);
  return (
    <figure class="preview">
      {image ? <img src={image} alt={t('template.preview')} /> : <Loading />}
      <figcaption class="muted small">{t('template.preview')}</figcaption>
    </figure>
  );
}

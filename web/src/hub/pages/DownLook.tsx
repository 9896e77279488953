// SPDX-License-Identifier: Apache-2.0
// How certificates look, for a region or the whole country: the words, who signs; a sample follows every key.
import { useEffect, useState } from 'preact/hooks';
import { address, headers, reach, upload } from '../../api/call';
import type { CertificateTemplate, HubPublication } from '../../api/routes.gen';
import { dataUrl, picture, redraw } from '../../app/state/download';
import { toast } from '../../app/state/toast';
import { t, type Key } from '../../app/state/words';
import { TextField } from '../../app/ui/Field';
import { Icon } from '../../app/ui/Icon';
import { TroubleNotice } from '../../app/ui/Notice';
import { ask, mayChange } from '../state';
import { DownPage, TermsFields, useTerms, type Published } from './Down';

const SIGNATORIES = 3, LOGO_WIDTH = 900; // pixels: 75 mm at 300 dpi
const first: CertificateTemplate = {
  title: 'СЕРТИФИКАТ', intro_kk: 'Осы сертификат мынаны растайды:', intro_ru: 'Настоящий сертификат подтверждает, что',
  done_kk: 'курсты сәтті аяқтады', done_ru: 'успешно завершил(а) курс', hours: 0, valid_months: 0, signatories: [],
};
type Words = 'title' | 'intro_kk' | 'intro_ru' | 'done_kk' | 'done_ru';
const words: [Words, Key][] = [
  ['title', 'template.heading'], ['intro_kk', 'template.intro-kk'], ['intro_ru', 'template.intro-ru'], ['done_kk', 'template.done-kk'], ['done_ru', 'template.done-ru'],
];

interface Draft { look: CertificateTemplate; mandatory: boolean }

export function DownLook() {
  const [draft, setDraft] = useState<Draft>({ look: first, mandatory: false }), [trouble, setTrouble] = useState<unknown>();
  const [version, setVersion] = useState(0);
  const start = (p: HubPublication): void => {
    ask('GET /api/hub/templates/{id}', { params: { id: p.id } }).then(it => { setDraft({ look: it.look, mandatory: it.mandatory }); setVersion(version + 1); }, setTrouble);
  };
  const addLogo = (p: HubPublication, file: File | undefined, again: () => void): void => {
    if (!file) return;
    dataUrl(file).then(picture).then(image => redraw(image, Math.min(LOGO_WIDTH, image.naturalWidth || LOGO_WIDTH), 'image/jpeg'))
      .then(body => upload('PUT /api/hub/templates/{id}/logo', { params: { id: p.id }, body }, () => undefined))
      .then(() => { toast(t('hub.done')); again(); }, setTrouble);
  };
  return (
    <DownPage kind="template"
      form={published => <LookForm key={version} draft={draft} published={published} trouble={trouble} />}
      row={(p, again) => mayChange() && (
        <>
          <button type="button" class="button plain tight" onClick={() => start(p)}>{t('hub.template.edit')}</button>
          <input class="hide" id={`logo-${p.id}`} type="file" accept="image/*" onChange={e => { addLogo(p, e.currentTarget.files?.[0], again); e.currentTarget.value = ''; }} />
          <label class="button plain tight" for={`logo-${p.id}`}>{t('hub.template.logo-add')}</label>
        </>
      )} />
  );
}

function LookForm({ draft, published, trouble: other }: { draft: Draft; published: Published; trouble: unknown }) {
  const [terms, setTerms] = useTerms(), [look, setLook] = useState(draft.look), [mandatory, setMandatory] = useState(draft.mandatory);
  const [trouble, setTrouble] = useState<unknown>();
  const set = (part: Partial<CertificateTemplate>): void => setLook({ ...look, ...part });
  const people = Array.from({ length: SIGNATORIES }, (_, i) => look.signatories?.[i] ?? { name: '', role: '' });
  const sign = (i: number, part: { name?: string; role?: string }): void => set({ signatories: people.map((p, k) => (k === i ? { ...p, ...part } : p)) });
  const clean: CertificateTemplate = { ...look, signatories: people.filter(p => p.name.trim()) };
  const submit = (e: Event): void => {
    e.preventDefault();
    setTrouble(undefined);
    ask('POST /api/hub/templates', { body: { scope: terms.scope, mandatory, look: clean } }).then(() => { toast(t('hub.down.published')); published.again(); }, setTrouble);
  };
  return (
    <div class="look">
      <form class="panel stack" onSubmit={submit}>
        <p class="muted">{t('hub.template.what')}</p>
        <TroubleNotice trouble={trouble ?? other} />
        {words.map(([name, label]) => <TextField key={name} id={name} label={t(label)} value={look[name]} set={text => set({ [name]: text })} input={{ maxLength: name === 'title' ? 30 : 110, required: name === 'title' }} />)}
        {people.map((p, i) => (
          <div key={i} class="two-fields">
            <TextField id={`name-${i}`} label={t('template.signatory', { n: i + 1 })} value={p.name} set={name => sign(i, { name })} input={{ maxLength: 80 }} />
            <TextField id={`role-${i}`} label={t('template.role')} value={p.role ?? ''} set={role => sign(i, { role })} input={{ maxLength: 120 }} />
          </div>
        ))}
        <div class="two-fields">
          <TextField id="hours" label={t('hub.template.hours')} value={String(look.hours)} set={n => set({ hours: Number(n) || 0 })} input={{ type: 'number', min: 0, max: 1000 }} />
          <TextField id="valid" label={t('template.valid')} value={String(look.valid_months)} set={n => set({ valid_months: Number(n) || 0 })} input={{ type: 'number', min: 0, max: 120 }} />
        </div>
        <TermsFields terms={terms} set={setTerms} days="none" />
        <label class="check"><input type="checkbox" checked={mandatory} onChange={() => setMandatory(!mandatory)} /><span>{t('hub.template.mandatory')}</span></label>
        {look.logo && <label class="check"><input type="checkbox" checked={!!look.logo} onChange={() => set({ logo: false })} /><span>{t('template.logo')}</span></label>}
        <p><button class="button"><Icon name="ok" />{t('hub.news.publish')}</button></p>
      </form>
      <Sample look={clean} />
    </div>
  );
}

function Sample({ look }: { look: CertificateTemplate }) {
  const [image, setImage] = useState('');
  const body = JSON.stringify({ ...look, logo: undefined });
  useEffect(() => {
    let gone = false;
    const later = setTimeout(() => {
      reach(address('POST /api/hub/templates/preview'), { method: 'POST', headers: headers({ 'Content-Type': 'application/json' }), body })
        .then(reply => (reply.ok ? reply.text() : ''))
        .then(svg => { if (!gone && svg) setImage(`data:image/svg+xml,${encodeURIComponent(svg)}`); })
        .catch(() => undefined); // the last sample stays
    }, 200);
    return () => { gone = true; clearTimeout(later); };
  }, [body]);
  return <figure class="panel sample">{image && <img src={image} alt={t('template.preview')} />}<figcaption class="muted small">{t('template.preview')}</figcaption></figure>;
}

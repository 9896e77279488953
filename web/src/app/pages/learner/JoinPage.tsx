// SPDX-License-Identifier: Apache-2.0
// In within 20 seconds: the code (already there when it came from the QR), the council, the name, one look, in.
import { useEffect, useState } from 'preact/hooks';
import { call, setSessionWord, Trouble } from '../../../api/call';
import type { JoinInfo } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { fullName } from '../../state/format';
import { useLoad } from '../../state/load';
import { remember, remembered } from '../../state/remember';
import { go } from '../../state/router';
import { hello, signedIn } from '../../state/session';
import { warmPlayer } from '../../state/warm';
import { language, t } from '../../state/words';
import { TextField, useErrors } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, Notice, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { ClaimPage, type Claimed } from './ClaimPage';
import { CouncilStep, type CouncilChoice } from './CouncilStep';
import { LearnerFrame, WhoBar } from './Frame';

export function JoinPage({ code }: { code?: string }) {
  const me = hello.value?.me;
  const [other, setOther] = useState(false);
  const claimed = savedClaim();
  const [claim, setClaim] = useState<Claimed | undefined>(claimed);
  if (claim) return <ClaimPage claim={claim} done={() => { remember('claim', null); setClaim(undefined); }} />;
  if (me && !me.trainer && !other && (!code || hello.value?.event?.open)) return <AlreadyIn other={() => setOther(true)} />;
  if (!code) return <CodePage />;
  return <JoinWith key={code} code={code} claimed={next => { remember('claim', JSON.stringify(next)); setClaim(next); }} />;
}

function savedClaim(): Claimed | undefined {
  try { return JSON.parse(remembered('claim') ?? '') as Claimed; } catch { return undefined; }
}

function AlreadyIn({ other }: { other: () => void }) {
  usePage(t('join.already'));
  return (
    <LearnerFrame head={<><h1>{t('join.already')}</h1><WhoBar /></>}>
      <div class="stack">
        <a class="button big full" href="/courses">{t('join.go-on')}<Icon name="next" at="after" /></a>
        <button type="button" class="button plain full" onClick={other}>{t('join.another-day')}</button>
      </div>
    </LearnerFrame>
  );
}

function CodePage() {
  usePage(t('join.title'));
  const [code, setCode] = useState('');
  const [errors, check] = useErrors(['code']);
  const submit = (e: Event): void => {
    e.preventDefault();
    if (check({ code: /^\d{6}$/.test(code) ? undefined : t('join.code-six') })) go(`/j/${code}`);
  };
  return (
    <LearnerFrame head={<><p class="kicker">{hello.value?.site}</p><h1>{t('join.title')}</h1></>}>
      <form class="card stack lifted" onSubmit={submit} noValidate>
        <TextField id="code" label={t('join.code')} hint={t('join.code-where')} error={errors.code} value={code}
          set={text => setCode(text.replace(/\D/g, '').slice(0, 6))}
          input={{ inputMode: 'numeric', autocomplete: 'one-time-code', class: 'input code-input digits', placeholder: '000000', pattern: '[0-9]*' }} />
        <button class="button big full">{t('common.next')}<Icon name="next" at="after" /></button>
      </form>
      {hello.value?.local && <p class="center"><a href="/trainer">{t('join.i-am-trainer')}</a></p>}
    </LearnerFrame>
  );
}

type Step = 'council' | 'name' | 'confirm';
const steps: readonly Step[] = ['council', 'name', 'confirm'];
const heads = { council: 'join.council', name: 'join.name', confirm: 'join.confirm' } as const;

function JoinWith({ code, claimed }: { code: string; claimed: (claim: Claimed) => void }) {
  const info = useLoad(() => call('GET /api/join/{code}', { params: { code } }), [code]);
  if (info.data) return <Steps code={code} info={info.data} claimed={claimed} />;
  if (info.trouble?.word === 'not-found' || info.trouble?.word === 'invalid') return <WrongCode code={code} trouble={info.trouble} />;
  return <LearnerFrame head={<h1>{t('join.title')}</h1>}>{info.trouble ? <NotLoaded trouble={info.trouble} again={info.again} /> : <Loading />}</LearnerFrame>;
}

function WrongCode({ code, trouble }: { code: string; trouble: Trouble }) {
  usePage(t('join.title'));
  return (
    <LearnerFrame head={<h1>{t('join.title')}</h1>}>
      <div class="card stack lifted">
        <Notice tone="warn" role="alert"><strong class="digits">{code}</strong><p>{errorText(trouble)}</p></Notice>
        <a class="button big full" href="/j">{t('join.other-code')}</a>
      </div>
    </LearnerFrame>
  );
}

function Steps({ code, info, claimed }: { code: string; info: JoinInfo; claimed: (claim: Claimed) => void }) {
  const [step, setStep] = useState<Step>('council');
  const [council, setCouncil] = useState<CouncilChoice>();
  const [name, setName] = useState({ surname: '', given: '', patronymic: '' });
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();
  const at = steps.indexOf(step);
  usePage(`${t(heads[step])} · ${info.title}`);
  useEffect(warmPlayer, []);
  useEffect(() => { if (at || council) document.querySelector('h2')?.focus(); window.scrollTo(0, 0); }, [step]);

  const join = async (): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const body = {
        surname: name.surname, given: name.given, language: language.value,
        ...(name.patronymic ? { patronymic: name.patronymic } : {}),
        ...(council?.id ? { council: council.id } : { council_name: council?.name ?? '' }),
      };
      const joined = await call('POST /api/join/{code}', { params: { code }, body });
      if (joined.claim && joined.claim_code) {
        // Whoever is refused and joins again must be the same phone to the site.
        if (joined.word) setSessionWord(joined.word);
        return claimed({ id: joined.claim, code: joined.claim_code, join: code });
      }
      await signedIn(joined.word, joined.me);
      go('/courses', true);
    } catch (e) {
      setTrouble(e);
      if (e instanceof Trouble && e.reason === 'bad-name') setStep('name');
      if (e instanceof Trouble && e.reason === 'bad-council') setStep('council');
      setBusy(false);
    }
  };

  return (
    <LearnerFrame head={<><p class="kicker">{t('join.title')}</p><h1>{info.title}</h1>{info.place && <p class="place"><Icon name="pin" />{info.place}</p>}</>}>
      <div class="card stack lifted">
        <div class="steps">
          {at > 0 && <button type="button" class="button quiet tight" onClick={() => setStep(steps[at - 1] ?? 'council')}><Icon name="back" />{t('common.back')}</button>}
          {at === 0 && <span class="muted small">{t('join.step', { n: 1, of: 3 })}</span>}
          <span class="push dots" role="img" aria-label={t('join.step', { n: at + 1, of: 3 })}>{steps.map((s, i) => <i key={s} class={i === at ? 'on' : i < at ? 'past' : ''} />)}</span>
        </div>
        <h2 tabIndex={-1}>{t(heads[step])}</h2>
        <TroubleNotice trouble={trouble} />
        {step === 'council' && <CouncilStep councils={info.councils} chosen={council} choose={c => { setCouncil(c); setTrouble(undefined); setStep('name'); }} />}
        {step === 'name' && <NameStep name={name} set={setName} next={() => { setTrouble(undefined); setStep('confirm'); }} />}
        {step === 'confirm' && (
          <div class="stack">
            <dl class="facts">
              <div><dt>{t('join.you-are')}</dt><dd class="large"><strong>{fullName(name)}</strong></dd></div>
              <div><dt>{t('join.your-council')}</dt><dd>{council?.name}</dd></div>
            </dl>
            <button type="button" class="button big full" disabled={busy} onClick={() => void join()}>
              {busy ? <><span class="spinner" aria-hidden="true" />{t('join.joining')}</> : <>{t('join.yes')}<Icon name="next" at="after" /></>}
            </button>
            <button type="button" class="button quiet full" onClick={() => setStep('name')}>{t('join.correct')}</button>
          </div>
        )}
      </div>
      <p class="small muted center">{t('join.privacy')}</p>
    </LearnerFrame>
  );
}

type Name = { surname: string; given: string; patronymic: string };

function NameStep({ name, set, next }: { name: Name; set: (name: Name) => void; next: () => void }) {
  const [errors, check] = useErrors(['surname', 'given']);
  const submit = (e: Event): void => {
    e.preventDefault();
    const clean = { surname: tidy(name.surname), given: tidy(name.given), patronymic: tidy(name.patronymic) };
    set(clean);
    const ok = check({ surname: clean.surname ? undefined : t('join.surname-missing'), given: clean.given ? undefined : t('join.given-missing') });
    if (ok) next();
  };
  const common = { autocapitalize: 'words', spellcheck: false, maxLength: 100 };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <TextField id="surname" label={t('person.surname')} error={errors.surname} value={name.surname} set={surname => set({ ...name, surname })} input={{ ...common, autocomplete: 'family-name' }} />
      <TextField id="given" label={t('person.given')} error={errors.given} value={name.given} set={given => set({ ...name, given })} input={{ ...common, autocomplete: 'given-name' }} />
      <TextField id="patronymic" label={t('person.patronymic')} optional value={name.patronymic} set={patronymic => set({ ...name, patronymic })} input={{ ...common, autocomplete: 'additional-name' }} />
      <button class="button big full">{t('common.next')}<Icon name="next" at="after" /></button>
    </form>
  );
}

const tidy = (text: string): string => text.trim().replace(/\s+/g, ' ');

// SPDX-License-Identifier: Apache-2.0
// What both pages of the main origin have in common: who is here, which page, and what to show when neither can be
// known. Learners' phones load main.tsx alone; the trainer's laptop loads trainer.tsx. A link from one to the other
// loads the other document.
import { Component, options, render, type ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { LearnerFrame } from './pages/learner/Frame';
import { patience } from './state/load';
import { keepReplaying } from './state/replay';
import { match, path } from './state/router';
import { hello, helloTrouble, loadHello } from './state/session';
import { language, size, t } from './state/words';
import { Loading, NotLoaded } from './ui/Notice';
import { Toasts, usePage } from './ui/Page';

/** One address. `door` is shown instead when somebody else asks: it answers undefined when this one may see it. */
export interface Place { at: string; door?: () => ComponentChildren | undefined; page: (p: Record<string, string>) => ComponentChildren }

export interface World {
  /** Whether an address is of this document; the others are loaded. */
  owns: (address: string) => boolean;
  places: Place[];
  /** Before the first start was finished. */
  notReady: () => ComponentChildren;
}

function App({ world }: { world: World }) {
  const site = hello.use(), trouble = helloTrouble.use(), here = path.use();
  language.use();
  size.use();
  useEffect(() => {
    if (site || !trouble) return;
    const later = setTimeout(() => void loadHello(), patience(1, trouble.retryAfter));
    return () => clearTimeout(later);
  }, [trouble, site]);
  const mine = world.owns(here);
  useEffect(() => { if (!mine) location.replace(here); }, [mine, here]);
  if (!mine) return <Loading />;
  if (!site) return <LearnerFrame>{trouble ? <NotLoaded trouble={trouble} again={() => void loadHello()} /> : <Loading />}</LearnerFrame>;
  if (!site.ready) return world.notReady();
  for (const { at, door, page } of world.places) {
    const params = match(at, here);
    if (params) return door?.() ?? page(params);
  }
  return <NotFound />;
}

function NotFound() {
  usePage(t('err.not-found'));
  return <LearnerFrame head={<h1>{t('page.not-found')}</h1>}><div class="card lifted stack"><p>{t('page.not-found-what')}</p><a class="button big full" href="/">{t('page.home')}</a></div></LearnerFrame>;
}

/** A mistake of ours must not leave an empty screen. */
class Guard extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }
  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main class="page stack broken">
        <h1>{t('broken.title')}</h1>
        <p>{t('broken.what')}</p>
        <p><button type="button" class="button big" onClick={() => location.reload()}>{t('broken.reload')}</button></p>
      </main>
    );
  }
}

// Preact would use queueMicrotask, which Chrome has since 71 and Safari since 12.1.
options.debounceRendering = run => void Promise.resolve().then(run);

export function start(world: World): void {
  const root = document.getElementById('app');
  if (!root) return;
  render(<Guard><App world={world} /><Toasts /></Guard>, root);
  void loadHello();
  keepReplaying();
}

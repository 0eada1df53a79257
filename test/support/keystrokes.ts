import type { Page } from '@playwright/test';

/** Milliseconds from a key's event until the frame with the rows for what is now typed was drawn. */
export type Keystrokes = {
  readonly samples: readonly number[];
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
};

/** What people type: types, models, names, places, numbers with and without separators, and a word typed wrong. */
export const TYPED_TEXTS = [
  'ordinateur portable',
  'ecran dell',
  'imprimante',
  'latitude 5420',
  'hounkpe',
  'cotonou',
  'seme podji',
  'mnd-pcp-26',
  '5cg0482',
  'inf/2019/00123',
  'ordinatuer',
] as const;

declare global {
  interface Window {
    keystroke?: { readonly begun: number; isBusy: boolean; duration: number | undefined };
  }
}

/**
 * Types each text into the search field of the list, one key after the other, each when the rows for the one before are
 * on the screen. Nothing is measured for a key that asks for nothing new, such as a space at the end.
 */
export async function measureKeystrokes(page: Page, texts: readonly string[] = TYPED_TEXTS): Promise<Keystrokes> {
  await page.evaluate(watchKeystrokes);
  const search = page.getByRole('searchbox');
  const samples: number[] = [];
  for (const text of texts) {
    await search.fill('');
    await search.focus();
    for (const key of text) {
      await page.keyboard.type(key);
      const duration = await page.evaluate(untilPainted);
      if (duration !== null) samples.push(duration);
    }
  }
  await search.fill('');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { samples, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Runs in the page: notes when a key is pressed and when the frame after the list said that it is no longer busy was drawn. */
function watchKeystrokes(): void {
  if (window.keystroke) return;
  window.keystroke = { begun: 0, isBusy: false, duration: undefined };
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      window.keystroke = { begun: timeStamp, isBusy: false, duration: undefined };
    },
    { capture: true },
  );
  new MutationObserver(() => {
    const { keystroke } = window;
    const list = document.querySelector('main [aria-busy]');
    if (!keystroke || !list || keystroke.duration !== undefined) return;
    if (list.getAttribute('aria-busy') === 'true') keystroke.isBusy = true;
    else if (keystroke.isBusy) afterThisFrame(keystroke);
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-busy'] });

  function afterThisFrame(keystroke: NonNullable<Window['keystroke']>): void {
    requestAnimationFrame(() => {
      // A task that is queued in a frame runs after the frame was drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        keystroke.duration ??= performance.now() - keystroke.begun;
      };
      port2.postMessage(null);
    });
  }
}

/** Runs in the page: the duration of the last keystroke, or null when the list had nothing new to ask. */
async function untilPainted(): Promise<number | null> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const { keystroke } = window;
  if (!keystroke?.isBusy) return null;
  while (keystroke.duration === undefined) await frame();
  return keystroke.duration;
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CLIPBOARD_TIME, ClipboardGuard } from '../../../electron/main/clipboard-guard.ts';

const clipboard = {
  text: '',
  readText: () => clipboard.text,
  clear: () => {
    clipboard.text = '';
  },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('L4: a key leaves the clipboard after a minute, and no sooner', async () => {
  const guard = new ClipboardGuard(clipboard);
  clipboard.text = 'AAAAA-BBBBB';
  await guard.clearLater();
  await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME - 1);
  expect(clipboard.text).toBe('AAAAA-BBBBB');
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.text).toBe('');
});

test('L4: what was copied since is left alone; a second key starts the minute anew', async () => {
  const guard = new ClipboardGuard(clipboard);
  clipboard.text = 'AAAAA-BBBBB';
  await guard.clearLater();
  clipboard.text = 'a sentence of somebody';
  await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME);
  expect(clipboard.text).toBe('a sentence of somebody');
  clipboard.text = 'CCCCC';
  await guard.clearLater();
  await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME / 2);
  clipboard.text = 'DDDDD';
  await guard.clearLater();
  await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME / 2);
  expect(clipboard.text).toBe('DDDDD');
});

test('L4: a key leaves the clipboard when the program ends', async () => {
  const guard = new ClipboardGuard(clipboard);
  clipboard.text = 'AAAAA-BBBBB';
  await guard.clearLater();
  await guard.clearNow();
  expect(clipboard.text).toBe('');
});

import { createHash } from 'node:crypto';

/** The part of the system's clipboard that is needed; its newer versions answer later. */
export type Clipboard = { readText(): string | Promise<string>; clear(): unknown };

/** Milliseconds that a secret stays in the clipboard. */
export const CLIPBOARD_TIME = 60_000;

/**
 * Empties the clipboard of a secret that a window put there, unless something else was copied since. It knows the secret
 * by its digest only.
 */
export class ClipboardGuard {
  readonly #clipboard: Clipboard;
  #timer: NodeJS.Timeout | undefined;
  #digest: string | undefined;

  constructor(clipboard: Clipboard) {
    this.#clipboard = clipboard;
  }

  /** What the clipboard holds now goes in a minute. */
  async clearLater(): Promise<void> {
    clearTimeout(this.#timer);
    this.#digest = await this.#current();
    this.#timer = setTimeout(() => void this.clearNow(), CLIPBOARD_TIME);
  }

  /** At once, where it is still there. */
  async clearNow(): Promise<void> {
    clearTimeout(this.#timer);
    const digest = this.#digest;
    this.#digest = undefined;
    if (digest !== undefined && digest === (await this.#current())) this.#clipboard.clear();
  }

  async #current(): Promise<string> {
    return createHash('sha256')
      .update(await this.#clipboard.readText())
      .digest('base64');
  }
}

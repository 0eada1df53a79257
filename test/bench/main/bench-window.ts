import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron';
import { BRIDGE_CHANNELS } from '#shared/protocol/desktop-bridge.ts';
import { PAGES_ORIGIN } from '../../../electron/main/pages.ts';
import type { WindowApi } from '../protocol.ts';

/** A window with the product's settings (sandbox, preload script) and the bench's page. */
export class BenchWindow {
  readonly #window: BrowserWindow;

  private constructor(window: BrowserWindow) {
    this.#window = window;
  }

  static async open(place: { readonly x: number; readonly y: number } = { x: 0, y: 0 }): Promise<BenchWindow> {
    const window = new BrowserWindow({
      ...place,
      width: 700,
      height: 700,
      webPreferences: {
        preload: join(__dirname, '../preload/preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        // Nobody looks at these windows; they are measured as if somebody did.
        backgroundThrottling: false,
      },
    });
    window.webContents.on('console-message', (_event, level, message) => {
      if (level >= 2) process.stderr.write(`page: ${message}\n`);
    });
    const opened = new BenchWindow(window);
    await opened.reload();
    return opened;
  }

  /** The page anew: nothing of what it knew is left. */
  async reload(): Promise<void> {
    await this.#window.loadURL(`${PAGES_ORIGIN}/index.html`);
  }

  async call<Name extends keyof WindowApi>(
    name: Name,
    input: WindowApi[Name]['input'],
  ): Promise<WindowApi[Name]['output']> {
    // The page answers what the protocol says for this name. An error would lose its stack on the way.
    const script = `bench.${name}(${JSON.stringify(input)}).then((value) => ({ value }), (error) => ({ error: error.stack ?? String(error) }))`;
    const { value, error } = (await this.#window.webContents.executeJavaScript(`(async () => ${script})()`)) as {
      readonly value?: WindowApi[Name]['output'];
      readonly error?: string;
    };
    if (error !== undefined) throw new Error(`In a page: ${error}`);
    return value as WindowApi[Name]['output'];
  }

  /** Sends one end of a new channel to the page; answers the other end and the nonce by which the page finds its own. */
  connect(): { readonly nonce: string; readonly port: MessagePortMain } {
    const { port1, port2 } = new MessageChannelMain();
    const nonce = randomUUID();
    this.#window.webContents.postMessage(BRIDGE_CHANNELS.dataPort, nonce, [port2]);
    return { nonce, port: port1 };
  }

  close(): void {
    this.#window.destroy();
  }
}

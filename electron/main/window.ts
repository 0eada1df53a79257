import { join } from 'node:path';
import { BrowserWindow, session } from 'electron';
import { PAGES_ORIGIN } from './pages.ts';

/** Writing text to the clipboard at a click: what the copy buttons need. Reading it is not among them. */
const GRANTED = 'clipboard-sanitized-write';

/** What a page may never do: leave, open windows, ask for devices, attach a webview. */
export function hardenSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === GRANTED));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === GRANTED);
}

export function createWindow(address: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 900,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f7f7f4',
    title: 'Registre',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  const allowed = new URL(address).origin === 'null' ? PAGES_ORIGIN : new URL(address).origin;
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event, url) => {
    if (!url.startsWith(`${allowed}/`)) event.preventDefault();
  });
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  return window;
}

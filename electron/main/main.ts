import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, safeStorage } from 'electron';
import { serveBridge } from './bridge.ts';
import { ClipboardGuard } from './clipboard-guard.ts';
import { Desktop } from './desktop.ts';
import { KeyCustody, type Keychain } from './key-custody.ts';
import { createLog } from './log.ts';
import { PAGES_ORIGIN, registerPagesScheme, servePages } from './pages.ts';
import { PreferencesFile } from './preferences.ts';
import { loadProfile, resolveProfileDirectory } from './profile.ts';
import { createWindow, hardenSession } from './window.ts';

/** On Linux without a secret service Electron falls back to a fixed password: that is no keychain. */
const keychain: Keychain = {
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend?.() !== 'basic_text'),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
};

const DEV_SERVER_ARGUMENT = '--dev-server=';

/** The development server's address; a packaged application never takes one. */
function devServer(): string | undefined {
  if (app.isPackaged) return undefined;
  return process.argv.find((text) => text.startsWith(DEV_SERVER_ARGUMENT))?.slice(DEV_SERVER_ARGUMENT.length);
}

/** For the launch script: facts on standard output, one JSON line each. */
function announce(event: string): void {
  process.stdout.write(`${JSON.stringify({ event })}\n`);
}

async function start(profileDirectory: string): Promise<void> {
  await app.whenReady();
  const profile = loadProfile(profileDirectory);
  const log = createLog(profile.logPath);
  log('started', { version: app.getVersion(), electron: process.versions.electron, platform: process.platform });
  const preferences = new PreferencesFile(profile.preferencesPath);
  const desktop = new Desktop({
    profile,
    preferences,
    custody: new KeyCustody(profile.keyPath, keychain),
    log,
    version: app.getVersion(),
    deviceName: hostname().slice(0, 100) || 'poste',
  });
  servePages(join(__dirname, '../renderer'));
  hardenSession();
  const address = devServer() ?? `${PAGES_ORIGIN}/index.html`;
  const origin = devServer() ? new URL(address).origin : PAGES_ORIGIN;
  const clipboardGuard = new ClipboardGuard(clipboard);
  serveBridge({ desktop, preferences, clipboardGuard }, origin);

  const open = () => {
    const window = createWindow(address);
    window.webContents.on('did-finish-load', () => announce('window-ready'));
    window.webContents.on('render-process-gone', (_event, details) => {
      log('window-died', { reason: details.reason });
      if (details.reason !== 'clean-exit') window.reload();
    });
    return window.loadURL(address);
  };
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void Promise.allSettled([desktop.close(), clipboardGuard.clearNow()]).finally(() => {
      isClosed = true;
      log('stopped');
      // A second quit within the refused one would be ignored.
      setImmediate(() => app.quit());
    });
  });
  await open();
}

const profileDirectory = resolveProfileDirectory(process.argv, app.getPath('userData'));
// Chromium's own files go below the profile too: one folder holds everything, and each profile is one instance.
app.setPath('userData', join(profileDirectory, 'chromium'));
registerPagesScheme();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

if (app.requestSingleInstanceLock()) void start(profileDirectory);
else {
  announce('already-open');
  app.quit();
}

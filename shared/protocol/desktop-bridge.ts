import type { ErrorData, Result } from '../domain/errors.ts';

/**
 * The boundary between a window and the main process: what `preload` exposes as `window.desktop`.
 * It carries states and intentions, never a record, never a key. Records travel over the data port.
 */
export const BRIDGE_CHANNELS = {
  getState: 'desktop:get-state',
  stateChanged: 'desktop:state-changed',
  createRegister: 'desktop:create-register',
  unlock: 'desktop:unlock',
  unlockWithKeychain: 'desktop:unlock-with-keychain',
  lock: 'desktop:lock',
  retry: 'desktop:retry',
  listBackups: 'desktop:list-backups',
  restoreBackup: 'desktop:restore-backup',
  setPreferences: 'desktop:set-preferences',
  openDataPort: 'desktop:open-data-port',
  dataPort: 'desktop:data-port',
  savePdf: 'desktop:save-pdf',
  print: 'desktop:print',
  chooseFolder: 'desktop:choose-folder',
  writeParcelFile: 'desktop:write-parcel-file',
  clearClipboardLater: 'desktop:clear-clipboard-later',
  quit: 'desktop:quit',
} as const;

/** The demonstration says its passphrase on screen; no other profile ever does. */
export type Demonstration = { readonly passphrase: string };

/**
 * Where the application stands. `opening` and `reconnecting` last a moment; `failed` is a screen with a next step,
 * never a loop.
 */
export type DesktopState =
  | { readonly kind: 'first-start' }
  | { readonly kind: 'locked'; readonly hasKeychain: boolean }
  | { readonly kind: 'opening'; readonly step: 'file' | 'backup' | 'migration' }
  | { readonly kind: 'open' }
  | { readonly kind: 'reconnecting' }
  | { readonly kind: 'failed'; readonly error: ErrorData };

export const INTERFACE_LANGUAGES = ['fr', 'en'] as const;
export const COLOUR_SCHEMES = ['light', 'dark', 'auto'] as const;

/** How a person likes the screens of this profile. Kept in clear beside the register: it says nothing of it. */
export type Preferences = {
  readonly language: (typeof INTERFACE_LANGUAGES)[number];
  readonly colourScheme: (typeof COLOUR_SCHEMES)[number];
};

export type DesktopInfo = {
  readonly state: DesktopState;
  readonly preferences: Preferences;
  readonly profile: string;
  readonly version: string;
  readonly demonstration?: Demonstration;
  /** True where the system really has a keychain to keep the key in. */
  readonly canUseKeychain: boolean;
};

export type BackupInfo = {
  /** File name inside the profile's backup folder. */
  readonly name: string;
  /** Instant, ISO 8601 UTC. */
  readonly createdAt: string;
  /** Bytes. */
  readonly size: number;
};

/** What became of a dialog: the person may close it, and nothing is wrong then. */
export type PrintOutcome = 'done' | 'cancelled';

export type DesktopBridge = {
  getState(): Promise<DesktopInfo>;
  /** Calls back at every change of state; returns the function that stops it. */
  onStateChanged(listener: (info: DesktopInfo) => void): () => void;
  /** Creates key and file. The passphrase has at least 8 characters. */
  createRegister(input: { readonly passphrase: string; readonly useKeychain: boolean }): Promise<Result<null>>;
  /** `KEY_WRONG_PASSPHRASE` when it does not fit: nothing was touched. */
  unlock(input: { readonly passphrase: string }): Promise<Result<null>>;
  unlockWithKeychain(): Promise<Result<null>>;
  lock(): Promise<Result<null>>;
  /** From `failed`: tries again from the start. */
  retry(): Promise<Result<null>>;
  listBackups(): Promise<Result<readonly BackupInfo[]>>;
  /** From `failed`: puts the broken file aside (kept) and the backup in its place. */
  restoreBackup(input: { readonly name: string }): Promise<Result<null>>;
  /**
   * Asks for a fresh port to the data process. It arrives as a `message` event on `window` whose data is
   * `{ type: 'desktop:data-port', nonce }` with the nonce given here, and one transferred port.
   */
  openDataPort(nonce: string): void;
  /** Keeps them for the next start; the window has applied them already. */
  setPreferences(preferences: Preferences): Promise<Result<null>>;
  /**
   * Draws this window as its print style sheet says (A4) into a PDF file that the person chooses. `name` is proposed: the
   * number of a paper, capitals, digits and hyphens.
   */
  savePdf(input: { readonly name: string; readonly isLandscape: boolean }): Promise<Result<PrintOutcome>>;
  /** The same through the system's print dialog. */
  print(input: { readonly isLandscape: boolean }): Promise<Result<PrintOutcome>>;
  /** Asks the person for a folder, a stick most often, and keeps it for `writeParcelFile`. */
  chooseFolder(): Promise<Result<PrintOutcome>>;
  /**
   * Writes a sealed file of a parcel into the folder that was chosen. It is whole on the disk when this resolves: a stick
   * may be pulled out then. `FILE_NOT_WRITTEN` where it is full, write-protected or gone.
   */
  writeParcelFile(input: { readonly name: string; readonly bytes: Uint8Array }): Promise<Result<null>>;
  /** Empties the clipboard in a minute, and when the program ends, unless something else was copied since. */
  clearClipboardLater(): Promise<Result<null>>;
  quit(): void;
};

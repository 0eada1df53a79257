import { app, BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError, type Result, toErrorData } from '#shared/domain/errors.ts';
import { BRIDGE_CHANNELS } from '#shared/protocol/desktop-bridge.ts';
import { chooseFolder, writeToFolder } from './chosen-folder.ts';
import type { ClipboardGuard } from './clipboard-guard.ts';
import type { Desktop } from './desktop.ts';
import { type PreferencesFile, PreferencesShape } from './preferences.ts';
import { printPage, savePdf } from './print.ts';

const Passphrase = Type.String({ minLength: 1, maxLength: 1000 });
const NewPassphrase = Type.String({ minLength: 8, maxLength: 1000 });

const PrintInput = Type.Object({ isLandscape: Type.Boolean() }, { additionalProperties: false });
/** A file name, and nothing that could lead elsewhere. */
const PdfInput = Type.Object(
  { name: Type.String({ pattern: '^[A-Z0-9-]{1,60}$' }), isLandscape: Type.Boolean() },
  { additionalProperties: false },
);

const ParcelFile = Type.Object(
  { name: Type.String({ maxLength: 200 }), bytes: Type.Unsafe<Uint8Array>({}) },
  { additionalProperties: false },
);
/** The name of a sealed parcel, and nothing that could lead elsewhere. */
const PARCEL_NAME = /^[\p{L}\p{N}][\p{L}\p{N} .–-]*\.registre$/u;

type Served = {
  readonly desktop: Desktop;
  readonly preferences: PreferencesFile;
  readonly clipboardGuard: ClipboardGuard;
};

/** The other end of `window.desktop`: the one place that listens to windows, and only to our own pages. */
export function serveBridge({ desktop, preferences, clipboardGuard }: Served, origin: string): void {
  const isOurs = (event: IpcMainEvent | IpcMainInvokeEvent) => event.senderFrame?.url.startsWith(`${origin}/`) ?? false;

  function handle<Schema extends TSchema>(
    channel: string,
    schema: Schema,
    act: (input: Static<Schema>, sender: WebContents) => Promise<Result<unknown>>,
  ): void {
    ipcMain.handle(channel, async (event, input: unknown): Promise<Result<unknown>> => {
      try {
        if (!isOurs(event)) throw new AppError('PORT_FORBIDDEN', 'Unknown sender');
        if (!Value.Check(schema, input)) throw new AppError('PORT_BAD_MESSAGE', `Bad input for ${channel}`);
        return await act(input, event.sender);
      } catch (error) {
        return { ok: false, error: toErrorData(error) };
      }
    });
  }

  const nothing = Type.Undefined();
  ipcMain.handle(BRIDGE_CHANNELS.getState, (event) => {
    if (!isOurs(event)) throw new AppError('PORT_FORBIDDEN', 'Unknown sender');
    return desktop.info;
  });
  handle(
    BRIDGE_CHANNELS.createRegister,
    Type.Object({ passphrase: NewPassphrase, useKeychain: Type.Boolean() }),
    (input) => desktop.createRegister(input),
  );
  handle(BRIDGE_CHANNELS.unlock, Type.Object({ passphrase: Passphrase }), (input) => desktop.unlock(input));
  handle(BRIDGE_CHANNELS.unlockWithKeychain, nothing, () => desktop.unlockWithKeychain());
  handle(BRIDGE_CHANNELS.lock, nothing, () => desktop.lock());
  handle(BRIDGE_CHANNELS.retry, nothing, () => desktop.retry());
  handle(BRIDGE_CHANNELS.listBackups, nothing, () => desktop.listBackups());
  handle(BRIDGE_CHANNELS.restoreBackup, Type.Object({ name: Type.String({ maxLength: 200 }) }), (input) =>
    desktop.restoreBackup(input),
  );
  handle(BRIDGE_CHANNELS.setPreferences, PreferencesShape, async (input) => {
    preferences.save(input);
    return { ok: true, value: null };
  });
  handle(BRIDGE_CHANNELS.savePdf, PdfInput, async (input, sender) => ({
    ok: true,
    value: await savePdf(sender, input),
  }));
  handle(BRIDGE_CHANNELS.print, PrintInput, async (input, sender) => ({
    ok: true,
    value: await printPage(sender, input),
  }));
  handle(BRIDGE_CHANNELS.chooseFolder, nothing, async (_input, sender) => ({
    ok: true,
    value: await chooseFolder(sender),
  }));
  handle(BRIDGE_CHANNELS.writeParcelFile, ParcelFile, async (input, sender) => {
    const isFile = PARCEL_NAME.test(input.name) && input.bytes instanceof Uint8Array;
    if (!isFile) throw new AppError('PORT_BAD_MESSAGE', 'This is no file of a parcel');
    await writeToFolder(sender, input);
    return { ok: true, value: null };
  });
  handle(BRIDGE_CHANNELS.clearClipboardLater, nothing, async () => {
    await clipboardGuard.clearLater();
    return { ok: true, value: null };
  });
  ipcMain.on(BRIDGE_CHANNELS.openDataPort, (event, nonce: unknown) => {
    if (isOurs(event) && typeof nonce === 'string' && nonce.length <= 100) desktop.connectWindow(event.sender, nonce);
  });
  ipcMain.on(BRIDGE_CHANNELS.quit, (event) => {
    if (isOurs(event)) app.quit();
  });

  desktop.onStateChanged((info) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(BRIDGE_CHANNELS.stateChanged, info);
  });
}

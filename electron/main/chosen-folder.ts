import { join } from 'node:path';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import { AppError } from '#shared/domain/errors.ts';
import type { PrintOutcome } from '#shared/protocol/desktop-bridge.ts';
import { writeWhole } from './write-whole.ts';

/** The folder that the person of each window chose last: a stick, most often. A window writes nowhere else. */
const chosen = new WeakMap<WebContents, string>();

export async function chooseFolder(contents: WebContents): Promise<PrintOutcome> {
  const options = {
    defaultPath: chosen.get(contents) ?? app.getPath('documents'),
    properties: ['openDirectory' as const, 'createDirectory' as const],
  };
  const window = BrowserWindow.fromWebContents(contents);
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  const [folder] = filePaths;
  if (canceled || folder === undefined) return 'cancelled';
  chosen.set(contents, folder);
  return 'done';
}

/** The whole file is on the stick when this resolves. @throws AppError PORT_FORBIDDEN, FILE_NOT_WRITTEN */
export async function writeToFolder(
  contents: WebContents,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  const folder = chosen.get(contents);
  if (folder === undefined) throw new AppError('PORT_FORBIDDEN', 'No folder was chosen');
  await writeWhole(join(folder, name), bytes);
}

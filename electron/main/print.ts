import { join } from 'node:path';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import { AppError } from '#shared/domain/errors.ts';
import type { PrintOutcome } from '#shared/protocol/desktop-bridge.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Prints what a window shows in its print layout. Main gets no record for it (SPEC W6): Chromium draws the page of that
 * very window, and the bytes of a PDF go to the file that the person chose.
 */

type PdfOptions = { readonly name: string; readonly isLandscape: boolean };

/** @throws AppError PRINT_FAILED, FILE_NOT_WRITTEN */
export async function savePdf(contents: WebContents, { name, isLandscape }: PdfOptions): Promise<PrintOutcome> {
  const chosen = await choosePath(contents, name);
  if (chosen === undefined) return 'cancelled';
  const bytes = await drawPdf(contents, isLandscape);
  await writeWhole(chosen, bytes);
  return 'done';
}

/** The system's own print dialog. */
export function printPage(
  contents: WebContents,
  { isLandscape }: { readonly isLandscape: boolean },
): Promise<PrintOutcome> {
  return new Promise((resolve, reject) => {
    const options = {
      silent: false,
      printBackground: true,
      landscape: isLandscape,
      pageSize: 'A4',
      margins: { marginType: 'none' },
    } as const;
    contents.print(options, (isDone, reason) => {
      if (isDone) resolve('done');
      else if (/cancel/i.test(reason)) resolve('cancelled');
      else reject(new AppError('PRINT_FAILED', 'The page was not printed', { action: 'retry' }));
    });
  });
}

async function choosePath(contents: WebContents, name: string): Promise<string | undefined> {
  const options = {
    defaultPath: join(app.getPath('documents'), `${name}.pdf`),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  };
  const window = BrowserWindow.fromWebContents(contents);
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || !filePath ? undefined : filePath;
}

async function drawPdf(contents: WebContents, isLandscape: boolean): Promise<Buffer> {
  try {
    // The sheets have margins of their own.
    return await contents.printToPDF({
      pageSize: 'A4',
      landscape: isLandscape,
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      printBackground: true,
    });
  } catch (cause) {
    throw new AppError('PRINT_FAILED', 'The page could not be drawn', { cause, action: 'retry' });
  }
}

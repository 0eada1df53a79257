import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ElectronApplication } from '@playwright/test';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** A PDF as a reader finds it: its pages as text, no-break spaces as they are. */
export function readPdf(path: string): { readonly pages: readonly string[]; readonly text: string } {
  const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', path, '-'], { encoding: 'utf8' });
  const pages = text.split('\f').slice(0, -1);
  return { pages, text };
}

/** Words one space apart: what stands in several lines of a cell is found as it was written. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A picture of every page, `PREFIX-1.png` and so on, for the eyes of the team. */
export function drawPdf(path: string, prefix: string): void {
  execFileSync('pdftoppm', ['-r', '80', '-png', path, prefix]);
}

/** The size of the first page in points, as `pdfinfo` says it. */
export function pageSize(path: string): string {
  const said = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
  return /^Page size:\s+(.+)$/m.exec(said)?.[1] ?? '';
}

/** Answers the system's save dialog as a person would; the application itself has no way round it. */
export async function answerSaveDialog(application: ElectronApplication, path: string | undefined): Promise<void> {
  await application.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' });
  }, path ?? null);
}

/** What a reader makes of the codes on the first page, printed at 150 dots per inch as an office printer does. */
export async function scanPdf(path: string): Promise<string[]> {
  const picture = execFileSync('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', '-png', path], {
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const program = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(program).buffer } });
  return (await readBarcodes(new Uint8Array(picture))).map(({ text }) => text);
}

/** Takes the place of the system's print dialog, which no test can reach; answers what it was asked. */
export async function answerPrintDialog(application: ElectronApplication): Promise<() => Promise<unknown>> {
  await application.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('There is no window');
    window.webContents.print = (options, done) => {
      Object.assign(globalThis, { printed: options });
      done?.(true, '');
    };
  });
  return () => application.evaluate(() => Reflect.get(globalThis, 'printed'));
}

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { OUT } from '../../build/scripts/paths.mjs';

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

/** A picture of every page in `out/screenshots`, for the eyes of the team. */
export function drawPdf(path: string, name: string): void {
  execFileSync('pdftoppm', ['-r', '80', '-png', path, join(OUT, 'screenshots', name)]);
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

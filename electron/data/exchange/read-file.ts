import type { ImportFileProblem, ImportMapping } from '#shared/protocol/data-port.ts';
import { decodeText } from './decode.ts';
import { findSignature } from './file-signature.ts';
import { readInventoryFile } from './inventory/inventory-file.ts';
import { readTableFile } from './table/table-file.ts';
import type { FileReading, ImportFile, ImportLookups } from './types.ts';

/** Bytes of one file: far more than any inventory or table of a ministry, and still no trouble on 4 GB of memory. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Reads one file by what is in it; its name is only quoted. */
export function readFile({ name, bytes }: ImportFile, mapping: ImportMapping, lookups: ImportLookups): FileReading {
  const unusable = (problem: ImportFileProblem['problem'], detail?: string): FileReading => ({
    candidates: [],
    problems: [{ file: name, problem, ...(detail !== undefined && { detail }) }],
  });
  if (bytes.length === 0) return unusable('empty');
  if (bytes.length > MAX_FILE_BYTES) return unusable('too-large', `${MAX_FILE_BYTES / 1024 / 1024} MB`);
  const signature = findSignature(bytes);
  if (signature) return unusable('unknown-format', signature);
  const decoded = decodeText(bytes);
  if (!decoded) return unusable('not-text');
  const { text } = decoded;
  const start = text.slice(0, 4000).trimStart();
  if (start === '' && text.trim() === '') return unusable('empty');
  if (/^[{[]/.test(start)) return readInventoryFile(name, text);
  if (start.startsWith('<')) return unusable('unknown-format', nameMarkup(start));
  return readTableFile(name, text, mapping, lookups);
}

/** Older agents write `<REQUEST>`; a saved web page is the usual mistake. */
function nameMarkup(start: string): string {
  if (/<REQUEST[\s>]/.test(start)) return 'xml inventory';
  return /<(!doctype html|html|table)[\s>]/i.test(start) ? 'html' : 'xml';
}

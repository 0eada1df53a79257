import { readFileSync } from 'node:fs';
import {
  type ImportFile,
  type ImportLookups,
  type ImportReading,
  type KnownAsset,
  type ReadLine,
  readImport,
} from '../../../electron/data/exchange/preview.ts';
import { EQUIPMENT_TYPES } from '../../../shared/domain/equipment-types.ts';
import { compact, fold } from '../../../shared/domain/fold.ts';
import type { ImportDefaults } from '../../../shared/protocol/data-port.ts';

export const STRUCTURE = '00000000-0000-8000-8000-000000000001';
export const DSI = '00000000-0000-8000-8000-000000000002';
export const SITE = '00000000-0000-8000-8000-000000000011';
export const PARAKOU = '00000000-0000-8000-8000-000000000012';

export const DEFAULTS: ImportDefaults = {
  structureId: STRUCTURE,
  siteId: SITE,
  status: 'in-service',
  physicalState: 'good',
  holderKind: 'service',
  acquisitionMode: 'existing',
};

export function lookups(
  known: Readonly<Record<string, KnownAsset>> = {},
  numbers: Readonly<Record<string, KnownAsset>> = {},
): ImportLookups {
  const only = (all: Readonly<Record<string, KnownAsset>>) => (keys: readonly string[]) =>
    new Map(
      Object.entries(all)
        .map(([key, asset]) => [compact(key), asset] as const)
        .filter(([key]) => keys.includes(key)),
    );
  return {
    findBySerial: only(known),
    findByInventoryNumber: only(numbers),
    typeCodes: new Set(EQUIPMENT_TYPES.map(([code]) => code)),
    structures: new Map([
      [fold("Direction des systèmes d'information"), DSI],
      [fold('DSI'), DSI],
    ]),
    sites: new Map([[fold('Parakou'), PARAKOU]]),
  };
}

/** A real file of `test/data`, byte for byte. */
export function realFile(path: string): ImportFile {
  return {
    name: path.split('/').at(-1) ?? path,
    bytes: new Uint8Array(readFileSync(new URL(`../../data/${path}`, import.meta.url))),
  };
}

export function textFile(name: string, text: string | Uint8Array): ImportFile {
  return { name, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text };
}

export function read(
  files: readonly ImportFile[],
  options: {
    readonly mapping?: Record<string, string>;
    readonly defaults?: Partial<ImportDefaults>;
    readonly lookups?: ImportLookups;
  } = {},
): ImportReading {
  return readImport(
    { files, mapping: options.mapping, defaults: { ...DEFAULTS, ...options.defaults } },
    options.lookups ?? lookups(),
  );
}

/** The only line of a table with these columns: header → cell. */
export function readCells(cells: Readonly<Record<string, string>>, options: Parameters<typeof read>[1] = {}): ReadLine {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const csv = [Object.keys(cells), Object.values(cells)].map((row) => row.map(quote).join(';')).join('\n');
  const { lines, fileProblems } = read([textFile('table.csv', csv)], options);
  const [line] = lines;
  if (!line) throw new Error(`No line: ${JSON.stringify(fileProblems)}`);
  return line;
}

export function problemsOf(line: ReadLine | undefined): string[] {
  return (line?.problems ?? []).map(({ field, problem }) => (field ? `${field}: ${problem}` : problem));
}

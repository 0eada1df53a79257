import type { AssetDraft } from '#shared/domain/asset.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { Connection } from '../../electron/data/sqlcipher/connection.ts';
import type { Migration } from '../../electron/data/sqlcipher/migrate.ts';
import { MIGRATIONS } from '../../electron/data/sqlcipher/migrations/index.ts';
import { assetDraft, MINISTRY_ID, SITE_ID, STRUCTURE_ID } from './asset-draft.ts';

/** What a process that shall be killed is told to do, as one line of JSON on its standard input. */
export type CrashOrder = {
  readonly directory: string;
  /** Makes the file: there is none. */
  readonly create: boolean;
  /** Hexadecimal. */
  readonly key: string;
  readonly seed: number;
  /** The first command's number: the numbers of all processes on one file follow each other. */
  readonly first: number;
  /** How many of the made-up migrations the program knows. */
  readonly migrations: number;
};

/**
 * What it says, a line of JSON each, written at once. `begin` comes before a command, `done` after it returned: that is the
 * acknowledgement. `step` acknowledges a part of an import.
 */
export type CrashNews =
  | { readonly is: 'ready' | 'open' }
  | ({ readonly is: 'begin' } & CrashCommand)
  | { readonly is: 'step'; readonly n: number; readonly created: number }
  | { readonly is: 'done'; readonly n: number };

export type CrashCommand = { readonly n: number } & (
  | { readonly kind: 'create' | 'checkpoint' | 'ask' }
  | { readonly kind: 'update' | 'act'; readonly id: string }
  /** So many assets: by an import, in one transaction, from the endpoint. */
  | { readonly kind: 'import' | 'together' | 'pull'; readonly rows: number }
  /** The endpoint acknowledges these rows, `collection/id`; none of them was written since it was sent. */
  | { readonly kind: 'push'; readonly rows: readonly string[] }
);

/** The word that a command leaves wherever it writes; no other one is within one letter of it. */
export function markOf(n: number, row = 0): string {
  return `m${spell(n)}x${spell(row)}`;
}

/** Every digit twice, so that two numbers differ in two letters at least. */
function spell(number: number): string {
  return [...String(number).padStart(5, '0')].map((digit) => digit + digit).join('');
}

export function designationOf(mark: string): string {
  return `Ordinateur ${mark}`;
}

/** Holds no mark: it stays when the designation gets another. */
export function serialOf(n: number, row = 0): string {
  return `SN-${spell(n)}-${spell(row)}`;
}

export function draftOf(n: number, row = 0): AssetDraft {
  return assetDraft({ designation: designationOf(markOf(n, row)), serialNumber: serialOf(n, row) });
}

/** An import file in the program's own words. */
export function tableOf(n: number, rows: number): Uint8Array {
  const lines = Array.from({ length: rows }, (_, row) => {
    return `${designationOf(markOf(n, row))};Dell;P2419H;${serialOf(n, row)}`;
  });
  return new Uint8Array(Buffer.from(['Désignation;Marque;Modèle;N° de série', ...lines].join('\n')));
}

const INSTANT = '2026-11-23T10:26:00.000Z';

/** An asset that another device made, as the endpoint sends it. */
export function pulledAsset(n: number, row: number): WireDocument {
  return {
    ...draftOf(n, row),
    id: `0190${String(n).padStart(4, '0')}-0000-7000-8000-${String(row).padStart(12, '0')}`,
    ministryId: MINISTRY_ID,
    reference: `MND-PCP-26-Z9-${String(n * 1000 + row).padStart(8, '0')}-A`,
    status: 'in-stock',
    createdAt: INSTANT,
    updatedAt: INSTANT,
    _deleted: false,
  };
}

export const IMPORT_DEFAULTS = {
  structureId: STRUCTURE_ID,
  siteId: SITE_ID,
  status: 'in-service',
  physicalState: 'good',
  holderKind: 'service',
  acquisitionMode: 'existing',
} as const;

/** The program's migrations and so many more, each heavy enough to be killed in the middle. */
export function migrationsOf(count: number): readonly Migration[] {
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  const more = Array.from({ length: count }, (_, index) => heavyMigration(newest + 1 + index));
  return [...MIGRATIONS, ...more];
}

export function heavyTable(version: number): string {
  return `heavy_${version}`;
}

export const HEAVY_ROWS = 3000;

function heavyMigration(version: number): Migration {
  return {
    version,
    name: `heavy-${version}`,
    up: (connection: Connection) => {
      connection.exec(`CREATE TABLE ${heavyTable(version)} (n INTEGER PRIMARY KEY, text TEXT NOT NULL)`);
      for (let n = 1; n <= HEAVY_ROWS; n += 1)
        connection.run(`INSERT INTO ${heavyTable(version)} VALUES (?, ?)`, [n, 'x'.repeat(200)]);
      connection.exec(`CREATE INDEX ${heavyTable(version)}_text ON ${heavyTable(version)} (text)`);
    },
  };
}

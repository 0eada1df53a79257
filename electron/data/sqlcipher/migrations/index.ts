import type { Migration } from '../migrate.ts';
import { firstTables } from './0001-first-tables.ts';
import { assetIndex } from './0002-asset-index.ts';
import { journalActs } from './0003-journal-acts.ts';
import { journalValues } from './0004-journal-values.ts';
import { papers } from './0005-papers.ts';
import { linksAndStocks } from './0006-links-and-stocks.ts';
import { licenceKeys } from './0007-licence-keys.ts';
import { parcels } from './0008-parcels.ts';
import { epochs } from './0009-epochs.ts';
import { files } from './0010-files.ts';
import { snapshotPieces } from './0011-snapshot-pieces.ts';
import { parcelFiles } from './0012-parcel-files.ts';

/** Every migration, in order. A published one is never changed: the next change is the next number. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  assetIndex,
  journalActs,
  journalValues,
  papers,
  linksAndStocks,
  licenceKeys,
  parcels,
  epochs,
  files,
  snapshotPieces,
  parcelFiles,
];

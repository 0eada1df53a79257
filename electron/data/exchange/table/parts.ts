import type { AssetDraft, AssetProblem, InitialStatus } from '#shared/domain/asset.ts';
import { fold } from '#shared/domain/fold.ts';
import type { ImportField, ImportProblem } from '#shared/domain/import-fields.ts';
import { isJunkSerial } from '#shared/domain/serial-number.ts';
import { keepKnown } from '../inventory/attributes.ts';
import type { ImportLookups, LineProblem } from '../types.ts';
import { addMonths, type DateOrder, readDate } from '../values/dates.ts';
import { readMoney } from '../values/money.ts';
import { readDiskGb, readMemoryMb, readMonths } from '../values/quantities.ts';
import {
  isCollectiveName,
  isInitialStatus,
  readAcquisitionMode,
  readHolderKind,
  readPhysicalState,
  readStatus,
  saysNothing,
} from '../words/asset-words.ts';
import { findBrand } from '../words/brand-words.ts';
import { findTypeWord, readTypeWord } from '../words/equipment-words.ts';

/** A row by field: tidy text, empty where there is nothing or only a word for nothing. */
export type Row = (field: ImportField) => string;

/** What one group of columns says. */
export type Part = {
  readonly fields?: Partial<AssetDraft>;
  readonly attributes?: NonNullable<AssetDraft['attributes']>;
  readonly status?: InitialStatus;
  readonly warnings?: readonly LineProblem[];
};

type Problem = ImportProblem | AssetProblem['problem'];

function warn(field: ImportField, problem: Problem): LineProblem {
  return { field, problem };
}

/** Keeps what could not be understood: it is in the file, so it must not be lost on the way. */
function keepSource(field: ImportField, text: string): NonNullable<AssetDraft['attributes']> {
  const name = field.replace(/Id$|Code$/, '');
  return keepKnown({ [`source${name.charAt(0).toUpperCase()}${name.slice(1)}`]: text });
}

function misunderstood(field: ImportField, text: string, problem: Problem): Part {
  return { attributes: keepSource(field, text), warnings: [warn(field, problem)] };
}

export function readNames(row: Row): Part {
  const [designation, model, inventoryNumber, room, supplier] = [
    row('designation'),
    row('model'),
    row('inventoryNumber'),
    row('room'),
    row('supplier'),
  ];
  const notes = row('notes');
  return {
    fields: {
      ...(designation && { designation }),
      ...(model && { model }),
      ...(inventoryNumber && { inventoryNumber }),
      ...(room && { room }),
      ...(supplier && { supplier }),
      ...(notes && { notes }),
    },
  };
}

export function readMaker(row: Row): Part {
  const brand = row('brand');
  if (brand) return { fields: { brand } };
  const guess = findBrand(`${row('model')} ${row('designation')}`);
  return guess ? { fields: { brand: guess }, warnings: [warn('brand', 'brand-guessed')] } : {};
}

const SCIENTIFIC = /^\d([.,]\d+)?E\+?\d+$/i;

export function readSerial(row: Row): Part {
  // Spreadsheets write ="0123" or '0123 to keep zeros.
  const text = row('serialNumber')
    .replace(/^="?(.*?)"?$/, '$1')
    .replace(/^'/, '')
    .trim();
  const absent = (problem: Problem): Part => ({
    fields: { serialAbsenceReason: 'absent' },
    warnings: [warn('serialNumber', problem)],
  });
  if (text === '') return absent('serial-missing');
  if (fold(text) === 'illisible') return { fields: { serialAbsenceReason: 'illegible' } };
  if (SCIENTIFIC.test(text)) {
    return {
      fields: { serialAbsenceReason: 'illegible' },
      attributes: keepSource('serialNumber', text),
      warnings: [warn('serialNumber', 'serial-damaged')],
    };
  }
  return isJunkSerial(text) ? absent('junk-serial') : { fields: { serialNumber: text } };
}

export function readType(row: Row, typeCodes: ReadonlySet<string>): Part {
  const text = row('typeCode');
  const named = text && readTypeWord(text, typeCodes);
  if (named) return { fields: { typeCode: named } };
  const kept = text ? keepSource('typeCode', text) : {};
  const guess = findTypeWord(row('designation')) ?? findTypeWord(row('model'));
  if (guess) return { fields: { typeCode: guess }, attributes: kept, warnings: [warn('typeCode', 'type-guessed')] };
  return text ? misunderstood('typeCode', text, 'unknown-type') : {};
}

/** `État` holds a condition in one ministry and a status in the next: either word is taken wherever it stands. */
export function readCondition(row: Row): Part {
  const parts: Part[] = [];
  for (const field of ['physicalState', 'status'] as const) {
    const text = row(field);
    if (!text) continue;
    const [state, status] = [readPhysicalState(text), readStatus(text)];
    const isState = state !== undefined && (field === 'physicalState' || status === undefined);
    if (isState) parts.push({ fields: { physicalState: state } });
    else if (status !== undefined && isInitialStatus(status)) parts.push({ status });
    else parts.push(misunderstood(field, text, status === undefined ? 'unknown-value' : 'status-not-initial'));
  }
  return mergeParts(parts);
}

export function readPlaces(row: Row, lookups: Pick<ImportLookups, 'structures' | 'sites'>): Part {
  const [structure, site] = [row('structureId'), row('siteId')];
  const [structureId, siteId] = [lookups.structures.get(fold(structure)), lookups.sites.get(fold(site))];
  return mergeParts([
    structureId !== undefined ? { fields: { structureId } } : {},
    structure && structureId === undefined ? misunderstood('structureId', structure, 'unknown-structure') : {},
    siteId !== undefined ? { fields: { siteId } } : {},
    site && siteId === undefined ? misunderstood('siteId', site, 'unknown-site') : {},
  ]);
}

export function readHolder(row: Row): Part {
  const holderName = [row('holderName'), row('holderFirstName')].filter(Boolean).join(' ');
  const text = row('holderKind');
  const kind = readHolderKind(text);
  const misread = text && !kind ? misunderstood('holderKind', text, 'unknown-value') : {};
  if (!holderName) return mergeParts([kind ? { fields: { holderKind: kind } } : {}, misread]);
  const holderKind = kind ?? (isCollectiveName(holderName) ? 'service' : 'agent');
  return mergeParts([{ fields: { holderKind, holderName } }, misread]);
}

type DateField = 'acquisitionDate' | 'commissioningDate' | 'warrantyEnd';

function readDateField(row: Row, field: DateField, order: DateOrder): Part {
  const text = row(field);
  if (!text) return {};
  const { date, warning } = readDate(text, order);
  if (date === undefined) return misunderstood(field, text, 'bad-date');
  return { fields: { [field]: date }, warnings: warning ? [warn(field, warning)] : [] };
}

function readValue(row: Row): Part {
  const text = row('acquisitionValue');
  if (!text) return {};
  const { francs, warning } = readMoney(text);
  if (francs === undefined) return misunderstood('acquisitionValue', text, warning ?? 'bad-number');
  if (!warning) return { fields: { acquisitionValue: francs } };
  return mergeParts([{ fields: { acquisitionValue: francs } }, misunderstood('acquisitionValue', text, warning)]);
}

function readWarrantyMonths(row: Row, from: string | undefined): Part {
  const text = row('warrantyMonths');
  if (!text) return {};
  const months = readMonths(text);
  if (months === undefined) return misunderstood('warrantyMonths', text, 'bad-number');
  const warrantyEnd = from && addMonths(from, months);
  return warrantyEnd ? { fields: { warrantyEnd } } : { attributes: keepKnown({ warrantyMonths: months }) };
}

export function readAcquisition(row: Row, orders: (field: ImportField) => DateOrder): Part {
  const acquired = readDateField(row, 'acquisitionDate', orders('acquisitionDate'));
  const mode = row('acquisitionMode');
  const acquisitionMode = readAcquisitionMode(mode);
  return mergeParts([
    readWarrantyMonths(row, acquired.fields?.acquisitionDate),
    acquired,
    readDateField(row, 'commissioningDate', orders('commissioningDate')),
    readDateField(row, 'warrantyEnd', orders('warrantyEnd')),
    readValue(row),
    acquisitionMode ? { fields: { acquisitionMode } } : {},
    mode && !acquisitionMode ? misunderstood('acquisitionMode', mode, 'unknown-value') : {},
  ]);
}

function readQuantity(
  row: Row,
  field: 'attributes.memoryMb' | 'attributes.diskGb',
  name: string,
  read: (text: string) => number | undefined,
): Part {
  const text = row(field);
  if (!text) return {};
  // A quantity that is not understood stays as it was written: attributes take any text.
  return { attributes: keepKnown({ [name]: read(text) ?? text }) };
}

export function readTechnical(row: Row): Part {
  return mergeParts([
    readQuantity(row, 'attributes.memoryMb', 'memoryMb', readMemoryMb),
    readQuantity(row, 'attributes.diskGb', 'diskGb', readDiskGb),
    {
      attributes: keepKnown({
        processor: row('attributes.processor'),
        os: row('attributes.os'),
        hostname: row('attributes.hostname'),
        macAddress: row('attributes.macAddress').toLowerCase(),
        ipAddress: row('attributes.ipAddress'),
        modelNumber: row('attributes.modelNumber'),
        orderNumber: row('attributes.orderNumber'),
      }),
    },
  ]);
}

/** Puts parts together; of a field that two parts fill, the later wins. */
export function mergeParts(parts: readonly Part[]): Part {
  const fields: Partial<AssetDraft> = {};
  const attributes: NonNullable<AssetDraft['attributes']> = {};
  const warnings: LineProblem[] = [];
  let status: InitialStatus | undefined;
  for (const part of parts) {
    Object.assign(fields, part.fields);
    Object.assign(attributes, part.attributes);
    if (part.warnings) warnings.push(...part.warnings);
    status = part.status ?? status;
  }
  return { fields, attributes, warnings, ...(status && { status }) };
}

/** Text of a cell, or nothing where somebody wrote that he does not know. */
export function readCell(text: string): string {
  return saysNothing(text) ? '' : text;
}

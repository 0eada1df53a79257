import type { AssetDraft } from '#shared/domain/asset.ts';
import { isJunkSerial } from '#shared/domain/serial-number.ts';
import type { Candidate, LineProblem } from '../types.ts';
import { isPlaceholder, readBrand } from '../words/brand-words.ts';
import { readComputerAttributes } from './attributes.ts';
import { findComputerType, isVirtual } from './chassis.ts';
import { type Monitor, readMonitors } from './monitors.ts';
import { readSection, readText, type Section } from './section.ts';

/** Written where a maker left every field empty: the clone PCs that a local assembler sold. */
const UNBRANDED = 'Sans marque';

const LENOVO_NAME = /_FM_(.+)$/;

function readModel(bios: Section): { readonly model?: string; readonly modelNumber?: string } {
  const model = readText(bios, 'smodel');
  // Lenovo puts a type number where others put the model, and the model at the end of its stock number.
  const name = LENOVO_NAME.exec(readText(bios, 'skunumber') ?? '')?.[1];
  if (name && model && name !== model) return { model: name, modelNumber: model };
  if (model && !isPlaceholder(model)) return { model };
  const board = readText(bios, 'mmodel');
  return board && !isPlaceholder(board) ? { model: board } : {};
}

/** The machine's own serial, else the one on its case. The board's serial is another thing: boards are replaced. */
export function findSerial(texts: readonly (string | undefined)[]): {
  readonly fields: Pick<AssetDraft, 'serialNumber' | 'serialAbsenceReason'>;
  readonly warnings: readonly LineProblem[];
} {
  const serialNumber = texts.find((text) => text !== undefined && !isJunkSerial(text));
  if (serialNumber !== undefined) return { fields: { serialNumber }, warnings: [] };
  const problem = texts.some(Boolean) ? 'junk-serial' : 'serial-missing';
  return { fields: { serialAbsenceReason: 'absent' }, warnings: [{ field: 'serialNumber', problem }] };
}

/** An inventory number that somebody wrote into the firmware or the device. */
export function readAssetTag(section: Section): Pick<AssetDraft, 'inventoryNumber'> {
  const tag = readText(section, 'assettag');
  return tag !== undefined && !isPlaceholder(tag) ? { inventoryNumber: tag } : {};
}

/** The computer of an inventory and the screens on its desk, one line each. */
export function readComputer(file: string, content: Section, itemType: string | undefined): readonly Candidate[] {
  const [hardware, bios] = [readSection(content, 'hardware'), readSection(content, 'bios')];
  const { model, modelNumber } = readModel(bios);
  const guess = findComputerType(content, hardware, model, itemType);
  const makers = ['smanufacturer', 'mmanufacturer', 'bmanufacturer'].map((name) => readBrand(readText(bios, name)));
  const brand = makers.find(Boolean);
  const serial = findSerial(['ssn', 'enclosureserial', 'biosserial'].map((name) => readText(bios, name)));
  const hasOwnScreen =
    ['PCP', 'TAB', 'MOB'].includes(guess.typeCode ?? '') ||
    /all.?in.?one/i.test(readText(hardware, 'chassis_type') ?? '') ||
    /imac/i.test(model ?? '');
  const { monitors, skipped } = readMonitors(content, hasOwnScreen);
  const attributes = { ...readComputerAttributes(content), ...(modelNumber && { modelNumber }) };
  const computer: Candidate = {
    file,
    fields: {
      ...(guess.typeCode && { typeCode: guess.typeCode }),
      brand: brand ?? UNBRANDED,
      ...(model && { model }),
      ...serial.fields,
      ...readAssetTag(bios),
      attributes,
    },
    warnings: [
      ...serial.warnings,
      ...(guess.isGuessed ? [{ field: 'typeCode', problem: 'type-guessed' }] : []),
      ...(brand ? [] : [{ field: 'brand', problem: 'brand-unknown' }]),
      ...(skipped > 0 ? [{ problem: 'screen-not-separate' }] : []),
    ],
    ...(isVirtual(hardware, bios) && { refusal: { problem: 'virtual-machine' } }),
  };
  if (computer.refusal) return [computer];
  return [computer, ...monitors.map((monitor) => toScreen(file, monitor, readText(hardware, 'name')))];
}

function toScreen(file: string, monitor: Monitor, hostname: string | undefined): Candidate {
  const { brand, model, serialNumber, made } = monitor;
  return {
    file,
    fields: {
      typeCode: 'ECR',
      brand: brand ?? UNBRANDED,
      ...(model && { model }),
      serialNumber,
      attributes: { ...(hostname && { connectedTo: hostname }), ...(made && { manufacturedAt: made }) },
    },
    warnings: brand ? [] : [{ field: 'brand', problem: 'brand-unknown' }],
  };
}

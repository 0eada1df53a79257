import type { AssetDraft } from '#shared/domain/asset.ts';
import { formatReference } from '#shared/domain/reference-number.ts';
import type { Asset, AssetStatus } from '#shared/schema/asset.ts';
import { deterministicId } from '../reference/deterministic-id.ts';
import { describeTechnically } from './attributes.ts';
import { COMPUTERS } from './catalogue/computers.ts';
import type { Model } from './catalogue/model.ts';
import { NETWORK } from './catalogue/network.ts';
import { PRINTERS } from './catalogue/printers.ts';
import { SURROUNDINGS } from './catalogue/surroundings.ts';
import * as life from './life.ts';
import { DEMONSTRATION_DEVICE, DEMONSTRATION_MINISTRY } from './ministry.ts';
import { createPlacer, type Placement, STORE_ROOM } from './placement.ts';
import type { Random } from './random.ts';
import { inventSerial } from './serials.ts';
import { placeId } from './sites.ts';
import { structureId } from './structures.ts';

export const CATALOGUE: readonly Model[] = [...COMPUTERS, ...PRINTERS, ...NETWORK, ...SURROUNDINGS];

/** Invented firms. */
export const SUPPLIERS = [
  'Atlantique Équipements Bureautiques',
  'Comptoir Informatique du Golfe',
  'Établissements Nokoué Numérique',
  'Okpara Réseaux et Énergie',
  'Pendjari Technologies',
  'Société Zou Bureautique',
] as const;

/** What the French label calls a piece of each type. */
const NOUNS: Readonly<Record<string, string>> = {
  PCF: 'Ordinateur de bureau',
  PCP: 'Ordinateur portable',
  STA: 'Station de travail',
  TAB: 'Tablette',
  ECR: 'Écran',
  IMP: 'Imprimante',
  MFP: 'Copieur multifonction',
  SCA: 'Scanner',
  SRV: 'Serveur',
  BAI: 'Baie de stockage',
  SAU: 'Robot de sauvegarde',
  OND: 'Onduleur',
  STB: 'Régulateur de tension',
  GEL: 'Groupe électrogène',
  SOL: 'Kit solaire',
  ROU: 'Routeur',
  COM: 'Commutateur',
  PFE: 'Pare-feu',
  PAW: "Point d'accès Wi-Fi",
  MOD: 'Modem 4G',
  VSA: 'Terminal satellite',
  TIP: 'Téléphone IP',
  MOB: 'Téléphone mobile',
  VPR: 'Vidéoprojecteur',
  TNI: 'Écran interactif',
  VIS: 'Barre de visioconférence',
  CAM: 'Caméra',
  BIO: 'Pointeuse biométrique',
  DDE: 'Disque externe',
  CLI: 'Climatiseur',
  RAC: 'Armoire informatique',
};

/** First instant of the take-over; every further asset comes one second later. */
const TAKE_OVER = Date.UTC(2026, 9, 5, 8, 0, 0);

const STORED: ReadonlySet<AssetStatus> = new Set(['in-stock', 'disposed']);

type Serial = Pick<AssetDraft, 'serialNumber' | 'serialAbsenceReason'>;

/** Draws serials that do not repeat; old labels are sometimes gone. */
function createSerials(random: Random): (model: Model, year: number) => Serial {
  const taken = new Set<string>();
  return (model, year) => {
    if (random.chance(year < 2017 ? 0.08 : 0.015)) {
      return { serialAbsenceReason: random.chance(0.7) ? 'illegible' : 'absent' };
    }
    let serialNumber: string;
    do serialNumber = inventSerial(random, model.serial, year);
    while (taken.has(serialNumber));
    taken.add(serialNumber);
    return { serialNumber };
  };
}

function createModels(random: Random): (year: number) => Model {
  const byYear = new Map<number, (readonly [Model, number])[]>();
  return (year) => {
    const sold =
      byYear.get(year) ??
      CATALOGUE.filter(({ years: [from, to] }) => from <= year && year <= to).map(
        (model) => [model, model.weight] as const,
      );
    byYear.set(year, sold);
    return random.weighted(sold);
  };
}

function pickPrice(random: Random, model: Model, date: string | undefined): number | undefined {
  const [low, high] = model.price;
  if (random.chance(date === undefined || date.length === 4 ? 0.65 : 0.06)) return undefined;
  return Math.round((low + random.next() * (high - low)) * 2) * 500;
}

function describePlace(ministryId: string, placement: Placement) {
  const { structure, place, room, holderKind, holderName } = placement;
  return {
    structureId: structureId(ministryId, structure),
    siteId: placeId(ministryId, place),
    ...(room !== undefined && { room }),
    holderKind,
    ...(holderName !== undefined && { holderName }),
  };
}

function describePurchase(random: Random, model: Model, year: number) {
  const acquisitionDate = life.pickAcquisitionDate(random, year);
  const acquisitionValue = pickPrice(random, model, acquisitionDate);
  const isWarranted = acquisitionDate !== undefined && year >= life.TAKE_OVER_YEAR - 6 && random.chance(0.8);
  return {
    acquisitionMode: life.pickAcquisitionMode(random, acquisitionDate),
    ...(acquisitionDate !== undefined && { acquisitionDate }),
    ...(acquisitionValue !== undefined && { acquisitionValue }),
    ...(acquisitionDate !== undefined && random.chance(0.7) && { supplier: random.pick(SUPPLIERS) }),
    ...(isWarranted && { warrantyEnd: life.addYears(acquisitionDate, model.warrantyYears) }),
  };
}

/** Draws one asset after another, without end. The first n do not depend on how many follow. */
export function* inventAssets(ministryId: string, random: Random): Generator<Asset> {
  const [place, pickModel, pickSerial] = [createPlacer(random), createModels(random), createSerials(random)];
  for (let sequence = 1; ; sequence++) {
    const year = life.pickYear(random);
    const model = pickModel(year);
    const physicalState = life.pickPhysicalState(random, life.TAKE_OVER_YEAR - year);
    const status = life.pickStatus(random, physicalState);
    const placement = place(random.weighted(model.settings));
    const notes = life.pickNotes(random, status);
    const attributes = describeTechnically(random, model, year, sequence);
    const instant = new Date(TAKE_OVER + sequence * 1000).toISOString();
    const { acronym } = DEMONSTRATION_MINISTRY;
    const { typeCode, brand } = model;
    yield {
      id: deterministicId(ministryId, 'asset', String(sequence)),
      ministryId,
      reference: formatReference({
        acronym,
        typeCode,
        year: life.TAKE_OVER_YEAR,
        deviceCode: DEMONSTRATION_DEVICE.code,
        sequence,
      }),
      nature: 'hardware',
      typeCode,
      designation: `${NOUNS[typeCode] ?? 'Matériel'} ${brand} ${model.model}`,
      brand,
      model: model.model,
      ...pickSerial(model, year),
      ...(random.chance(year < 2016 ? 0.6 : 0.85) && {
        inventoryNumber: `MND/INF/${year}/${String(sequence).padStart(5, '0')}`,
      }),
      physicalState,
      status,
      ...describePlace(ministryId, STORED.has(status) ? STORE_ROOM : placement),
      ...describePurchase(random, model, year),
      ...(notes !== undefined && { notes }),
      ...(attributes && { attributes }),
      createdAt: instant,
      updatedAt: instant,
    };
  }
}

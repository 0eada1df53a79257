import type { AcquisitionMode, AssetStatus, PhysicalState } from '#shared/schema/asset.ts';
import type { Random } from './random.ts';

/** The year in which the demonstration's register was taken over. */
export const TAKE_OVER_YEAR = 2026;

/** Year of purchase: few very old pieces, a hole in 2020, a peak in the last years. */
const YEARS = [
  [2012, 2],
  [2013, 3],
  [2014, 4],
  [2015, 6],
  [2016, 5],
  [2017, 6],
  [2018, 9],
  [2019, 10],
  [2020, 5],
  [2021, 11],
  [2022, 12],
  [2023, 11],
  [2024, 9],
  [2025, 8],
  [2026, 4],
] as const;

export function pickYear(random: Random): number {
  return random.weighted(YEARS);
}

const STATES_BY_AGE: readonly (readonly [maxAge: number, states: readonly (readonly [PhysicalState, number])[]])[] = [
  [
    1,
    [
      ['new', 5],
      ['good', 5],
    ],
  ],
  [
    4,
    [
      ['good', 8],
      ['fair', 1.5],
      ['poor', 0.3],
      ['new', 0.2],
    ],
  ],
  [
    7,
    [
      ['good', 4],
      ['fair', 4],
      ['poor', 1.5],
      ['unusable', 0.5],
    ],
  ],
  [
    99,
    [
      ['good', 1],
      ['fair', 4],
      ['poor', 3],
      ['unusable', 2],
    ],
  ],
];

export function pickPhysicalState(random: Random, age: number): PhysicalState {
  const [, states] = STATES_BY_AGE.find(([maxAge]) => age <= maxAge) ?? [0, [['fair', 1]] as const];
  return random.weighted(states);
}

const STATUSES_BY_STATE: Readonly<Record<PhysicalState, readonly (readonly [AssetStatus, number])[]>> = {
  new: [
    ['in-service', 6],
    ['in-stock', 4],
  ],
  good: [
    ['in-service', 91],
    ['in-stock', 5],
    ['on-loan', 2.5],
    ['in-repair', 1],
    ['stolen', 0.5],
  ],
  fair: [
    ['in-service', 88],
    ['in-stock', 4],
    ['in-repair', 5],
    ['on-loan', 2],
    ['lost', 1],
  ],
  poor: [
    ['in-service', 60],
    ['in-repair', 20],
    ['proposed-for-disposal', 17],
    ['lost', 3],
  ],
  unusable: [
    ['proposed-for-disposal', 60],
    ['in-stock', 15],
    ['disposed', 17],
    ['ceded', 8],
  ],
};

export function pickStatus(random: Random, state: PhysicalState): AssetStatus {
  return random.weighted(STATUSES_BY_STATE[state]);
}

/** The older the piece, the less the papers say: day, then month, then year, then nothing. */
export function pickAcquisitionDate(random: Random, year: number): string | undefined {
  const age = TAKE_OVER_YEAR - year;
  if (age > 5 && random.chance(0.15)) return undefined;
  if (random.chance(age > 7 ? 0.7 : age / 25)) return String(year);
  // The register was taken over in October: nothing of that year is younger.
  const month = String(random.int(1, age === 0 ? 9 : 12)).padStart(2, '0');
  if (random.chance(0.1)) return `${year}-${month}`;
  return `${year}-${month}-${String(random.int(1, 28)).padStart(2, '0')}`;
}

/** Adds whole years to a partial date and keeps its precision. */
export function addYears(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
}

export function pickAcquisitionMode(random: Random, date: string | undefined): AcquisitionMode {
  if (date === undefined) return 'existing';
  return random.weighted([
    ['public-contract', 10],
    ['purchase-order', 5],
    ['project', 3],
    ['donation', 1.5],
    ['transfer-received', 0.7],
    ['rental', 0.2],
    ['existing', 0.6],
  ]);
}

const NOTES: Readonly<Partial<Record<AssetStatus, readonly string[]>>> = {
  'in-repair': [
    'Pièce de rechange en commande.',
    'Chez le prestataire pour diagnostic.',
    "Panne d'alimentation après une coupure de courant.",
    'Devis demandé.',
  ],
  'on-loan': ['Prêté pour une mission de terrain.', "Prêté pour la durée d'un atelier."],
  lost: ['Non retrouvé lors du dernier inventaire.'],
  stolen: ['Vol déclaré ; copie de la déclaration au dossier.'],
  'proposed-for-disposal': [
    'Coût de réparation supérieur à la valeur.',
    'Matériel vétuste, pièces introuvables.',
    'Ne démarre plus.',
  ],
  disposed: ["Attend l'enlèvement au magasin."],
  ceded: ["Enlevé par l'acquéreur."],
};
const COMMON_NOTES = [
  'Étiquette illisible, à refaire.',
  'Partagé entre deux agents.',
  'Poussiéreux, nettoyage à prévoir.',
  'Remis en état par la DSI.',
  'Vu lors du dernier inventaire.',
];

export function pickNotes(random: Random, status: AssetStatus): string | undefined {
  const own = NOTES[status];
  if (own) return random.chance(0.75) ? random.pick(own) : undefined;
  return random.chance(0.06) ? random.pick(COMMON_NOTES) : undefined;
}

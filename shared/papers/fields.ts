import { fold } from '../domain/fold.ts';

/** How a value is written. `blank` is room to write by hand, `rank` the number of the line. */
export type ValueType = 'text' | 'date' | 'money' | 'count' | 'rank' | 'blank';

/**
 * What stands where nothing is known: `unknown` says « inconnu », `dots` leaves room to write by hand, `empty` leaves
 * nothing (a line made of nothing else is left out).
 */
export type WhenMissing = 'unknown' | 'dots' | 'empty';

export type PlaceholderRule = {
  readonly type: 'text' | 'date' | 'money' | 'count';
  readonly missing: WhenMissing;
  /** `asked`: the person fills it in when the paper is made. */
  readonly group: 'paper' | 'assets' | 'asset' | 'act' | 'scope' | 'asked';
};

/** What the wording of a template may name between braces: `{détenteur}`. Case and accents do not count. */
export const PLACEHOLDERS = {
  numéro: { type: 'text', missing: 'unknown', group: 'paper' },
  date: { type: 'date', missing: 'unknown', group: 'paper' },
  ministère: { type: 'text', missing: 'unknown', group: 'paper' },
  sigle: { type: 'text', missing: 'unknown', group: 'paper' },
  structure: { type: 'text', missing: 'unknown', group: 'paper' },
  'établi par': { type: 'text', missing: 'unknown', group: 'paper' },
  'fonction de l’auteur': { type: 'text', missing: 'unknown', group: 'paper' },

  nombre: { type: 'count', missing: 'unknown', group: 'assets' },
  'nombre en lettres': { type: 'text', missing: 'unknown', group: 'assets' },
  montant: { type: 'money', missing: 'unknown', group: 'assets' },
  'montant en lettres': { type: 'text', missing: 'unknown', group: 'assets' },
  'sans valeur connue': { type: 'count', missing: 'empty', group: 'assets' },

  référence: { type: 'text', missing: 'unknown', group: 'asset' },
  'n° d’inventaire': { type: 'text', missing: 'dots', group: 'asset' },
  désignation: { type: 'text', missing: 'unknown', group: 'asset' },
  type: { type: 'text', missing: 'unknown', group: 'asset' },
  marque: { type: 'text', missing: 'unknown', group: 'asset' },
  modèle: { type: 'text', missing: 'unknown', group: 'asset' },
  'n° de série': { type: 'text', missing: 'unknown', group: 'asset' },
  caractéristiques: { type: 'text', missing: 'empty', group: 'asset' },
  état: { type: 'text', missing: 'unknown', group: 'asset' },
  statut: { type: 'text', missing: 'unknown', group: 'asset' },
  'structure d’affectation': { type: 'text', missing: 'unknown', group: 'asset' },
  site: { type: 'text', missing: 'unknown', group: 'asset' },
  bureau: { type: 'text', missing: 'empty', group: 'asset' },
  détenteur: { type: 'text', missing: 'unknown', group: 'asset' },
  /** A person's: a collective use has none, and nobody signs for it. */
  'nom du détenteur': { type: 'text', missing: 'dots', group: 'asset' },
  'date d’acquisition': { type: 'date', missing: 'unknown', group: 'asset' },
  'date de mise en service': { type: 'date', missing: 'unknown', group: 'asset' },
  'mode d’acquisition': { type: 'text', missing: 'unknown', group: 'asset' },
  valeur: { type: 'money', missing: 'unknown', group: 'asset' },
  fournisseur: { type: 'text', missing: 'unknown', group: 'asset' },
  'fin de garantie': { type: 'date', missing: 'unknown', group: 'asset' },
  observations: { type: 'text', missing: 'empty', group: 'asset' },
  'retour prévu': { type: 'date', missing: 'dots', group: 'asset' },
  'effacement : méthode': { type: 'text', missing: 'dots', group: 'asset' },
  'effacement : date': { type: 'date', missing: 'dots', group: 'asset' },
  'effacement : auteur': { type: 'text', missing: 'dots', group: 'asset' },

  mouvement: { type: 'text', missing: 'empty', group: 'act' },
  'date du mouvement': { type: 'date', missing: 'empty', group: 'act' },
  motif: { type: 'text', missing: 'dots', group: 'act' },
  pièce: { type: 'text', missing: 'dots', group: 'act' },
  'ancienne structure': { type: 'text', missing: 'dots', group: 'act' },
  'ancien site': { type: 'text', missing: 'empty', group: 'act' },
  'ancien bureau': { type: 'text', missing: 'empty', group: 'act' },
  'ancien détenteur': { type: 'text', missing: 'dots', group: 'act' },
  'nom de l’ancien détenteur': { type: 'text', missing: 'dots', group: 'act' },
  destination: { type: 'text', missing: 'empty', group: 'act' },
  panne: { type: 'text', missing: 'empty', group: 'act' },
  prestataire: { type: 'text', missing: 'empty', group: 'act' },

  périmètre: { type: 'text', missing: 'unknown', group: 'scope' },
  'arrêté au': { type: 'date', missing: 'unknown', group: 'scope' },
  du: { type: 'date', missing: 'unknown', group: 'scope' },
  au: { type: 'date', missing: 'unknown', group: 'scope' },
  'nombre d’entrées': { type: 'count', missing: 'unknown', group: 'scope' },
  'nombre de sorties': { type: 'count', missing: 'unknown', group: 'scope' },
  'montant des entrées': { type: 'money', missing: 'unknown', group: 'scope' },
  'montant des sorties': { type: 'money', missing: 'unknown', group: 'scope' },

  poste: { type: 'text', missing: 'unknown', group: 'scope' },
  heure: { type: 'text', missing: 'unknown', group: 'scope' },
  'dernier contact': { type: 'date', missing: 'unknown', group: 'scope' },
  'dernier accusé': { type: 'text', missing: 'empty', group: 'scope' },
  'actifs reçus': { type: 'count', missing: 'unknown', group: 'scope' },
  'actifs envoyés': { type: 'count', missing: 'unknown', group: 'scope' },
  'actifs en attente': { type: 'count', missing: 'unknown', group: 'scope' },
  'actifs refusés': { type: 'count', missing: 'unknown', group: 'scope' },
  'enregistrements reçus': { type: 'count', missing: 'unknown', group: 'scope' },
  'enregistrements envoyés': { type: 'count', missing: 'unknown', group: 'scope' },
  'enregistrements en attente': { type: 'count', missing: 'unknown', group: 'scope' },
  'enregistrements refusés': { type: 'count', missing: 'unknown', group: 'scope' },

  objet: { type: 'text', missing: 'dots', group: 'asked' },
  'source de financement': { type: 'text', missing: 'dots', group: 'asked' },
  'marché ou bon de commande': { type: 'text', missing: 'dots', group: 'asked' },
  'bordereau de livraison': { type: 'text', missing: 'dots', group: 'asked' },
  demandeur: { type: 'text', missing: 'dots', group: 'asked' },
  'fonction du détenteur': { type: 'text', missing: 'dots', group: 'asked' },
  commission: { type: 'text', missing: 'dots', group: 'asked' },
  lieu: { type: 'text', missing: 'dots', group: 'asked' },
  conclusion: { type: 'text', missing: 'dots', group: 'asked' },
  'durée de conservation': { type: 'text', missing: 'dots', group: 'asked' },
} as const satisfies Readonly<Record<string, PlaceholderRule>>;

export type Placeholder = keyof typeof PLACEHOLDERS;
// The keys just above.
export const PLACEHOLDER_NAMES = Object.keys(PLACEHOLDERS) as [Placeholder, ...Placeholder[]];

const BY_FOLDED_NAME: ReadonlyMap<string, Placeholder> = new Map(
  PLACEHOLDER_NAMES.map((name) => [fold(name), name] as const),
);

/** The placeholder of this name, whatever its case and accents. */
export function findPlaceholder(name: string): Placeholder | undefined {
  return BY_FOLDED_NAME.get(fold(name));
}

export function placeholderRule(name: Placeholder): PlaceholderRule {
  return PLACEHOLDERS[name];
}

/** Placeholders that the person fills in when the paper is made. */
export const ASKED: readonly Placeholder[] = PLACEHOLDER_NAMES.filter(
  (name) => placeholderRule(name).group === 'asked',
);

export type ColumnRule = {
  readonly type: ValueType;
  /** The heading proposed. */
  readonly label: string;
  /** The share of the width proposed. */
  readonly width: number;
  readonly missing: WhenMissing;
  /** Lines of a paper are assets or, in a life or a journal, movements. */
  readonly of: 'asset' | 'movement' | 'both';
  /** Left out where no line has it. */
  readonly isOptional?: boolean;
};

/** What a column of a template may show. */
export const COLUMNS = {
  rank: { type: 'rank', label: 'N°', width: 4, missing: 'empty', of: 'both' },
  reference: { type: 'text', label: 'Référence', width: 14, missing: 'unknown', of: 'both' },
  inventoryNumber: { type: 'text', label: 'N° d’inventaire', width: 11, missing: 'empty', of: 'both' },
  designation: { type: 'text', label: 'Désignation', width: 22, missing: 'unknown', of: 'both' },
  type: { type: 'text', label: 'Type', width: 10, missing: 'unknown', of: 'both' },
  brandModel: { type: 'text', label: 'Marque et modèle', width: 14, missing: 'unknown', of: 'asset' },
  serialNumber: { type: 'text', label: 'N° de série', width: 13, missing: 'unknown', of: 'both' },
  characteristics: { type: 'text', label: 'Caractéristiques', width: 16, missing: 'empty', of: 'asset' },
  physicalState: { type: 'text', label: 'État', width: 7, missing: 'unknown', of: 'asset' },
  status: { type: 'text', label: 'Statut', width: 9, missing: 'unknown', of: 'asset' },
  structure: { type: 'text', label: 'Structure', width: 16, missing: 'unknown', of: 'asset' },
  site: { type: 'text', label: 'Site', width: 12, missing: 'unknown', of: 'asset' },
  room: { type: 'text', label: 'Bureau', width: 9, missing: 'empty', of: 'asset' },
  place: { type: 'text', label: 'Localisation', width: 18, missing: 'unknown', of: 'asset' },
  holder: { type: 'text', label: 'Détenteur', width: 13, missing: 'unknown', of: 'asset' },
  formerHolder: { type: 'text', label: 'Détenteur cédant', width: 13, missing: 'empty', of: 'both' },
  formerPlace: { type: 'text', label: 'Provenance', width: 16, missing: 'empty', of: 'both' },
  acquisitionDate: { type: 'date', label: 'Acquis le', width: 9, missing: 'unknown', of: 'asset' },
  commissioningDate: { type: 'date', label: 'Mis en service le', width: 9, missing: 'unknown', of: 'asset' },
  acquisitionMode: { type: 'text', label: 'Mode d’acquisition', width: 11, missing: 'unknown', of: 'asset' },
  supplier: { type: 'text', label: 'Fournisseur', width: 12, missing: 'unknown', of: 'asset' },
  warrantyEnd: { type: 'date', label: 'Fin de garantie', width: 9, missing: 'unknown', of: 'asset' },
  unit: { type: 'text', label: 'Unité', width: 6, missing: 'empty', of: 'asset' },
  quantity: { type: 'count', label: 'Qté', width: 5, missing: 'empty', of: 'asset' },
  unitPrice: { type: 'money', label: 'Prix unitaire (F CFA)', width: 11, missing: 'unknown', of: 'both' },
  value: { type: 'money', label: 'Valeur (F CFA)', width: 11, missing: 'unknown', of: 'asset' },
  cumulatedDepreciation: {
    type: 'money',
    label: 'Amort. cumulés (F CFA)',
    width: 10,
    missing: 'empty',
    of: 'asset',
    isOptional: true,
  },
  netValue: {
    type: 'money',
    label: 'Valeur nette (F CFA)',
    width: 10,
    missing: 'empty',
    of: 'asset',
    isOptional: true,
  },
  reason: { type: 'text', label: 'Motif', width: 16, missing: 'empty', of: 'both' },
  documentNumber: { type: 'text', label: 'Pièce justificative', width: 13, missing: 'empty', of: 'both' },
  wipingMethod: { type: 'text', label: 'Méthode d’effacement', width: 16, missing: 'empty', of: 'asset' },
  wipingDate: { type: 'date', label: 'Effacé le', width: 9, missing: 'empty', of: 'asset' },
  wipingBy: { type: 'text', label: 'Effacé par', width: 13, missing: 'empty', of: 'asset' },
  notes: { type: 'text', label: 'Observations', width: 16, missing: 'empty', of: 'asset' },
  movementDate: { type: 'date', label: 'Date', width: 9, missing: 'unknown', of: 'movement' },
  movement: { type: 'text', label: 'Mouvement', width: 13, missing: 'unknown', of: 'movement' },
  newHolder: { type: 'text', label: 'Détenteur', width: 13, missing: 'empty', of: 'movement' },
  newPlace: { type: 'text', label: 'Destination', width: 16, missing: 'empty', of: 'movement' },
  author: { type: 'text', label: 'Fait par', width: 12, missing: 'unknown', of: 'movement' },
  quantityIn: { type: 'count', label: 'Qté entrée', width: 6, missing: 'empty', of: 'movement' },
  quantityOut: { type: 'count', label: 'Qté sortie', width: 6, missing: 'empty', of: 'movement' },
  amountIn: { type: 'money', label: 'Montant entrée', width: 11, missing: 'empty', of: 'movement' },
  amountOut: { type: 'money', label: 'Montant sortie', width: 11, missing: 'empty', of: 'movement' },
  blank: { type: 'blank', label: 'Visa', width: 10, missing: 'empty', of: 'both' },
} as const satisfies Readonly<Record<string, ColumnRule>>;

export type ColumnField = keyof typeof COLUMNS;
// The keys just above.
export const COLUMN_FIELDS = Object.keys(COLUMNS) as [ColumnField, ...ColumnField[]];

export function columnRule(field: ColumnField): ColumnRule {
  return COLUMNS[field];
}

import type { PaperKind } from '../domain/lifecycle.ts';
import type { FactValue, PaperFacts, PaperLine } from './compose.ts';
import { ASKED, type ColumnField, columnRule, type Placeholder } from './fields.ts';
import { paperRule } from './kinds.ts';

/** Invented facts to look at a template with. */
export function sampleFacts(kind: PaperKind): PaperFacts {
  const lines = paperRule(kind).lines === 'movement' ? MOVEMENTS : ASSETS;
  return {
    kind,
    number: 'MND-XX-26-K7-0001',
    issuedAt: '2026-11-23T10:26:00.000Z',
    ministry: { name: 'Ministère du Numérique et de la Digitalisation', acronym: 'MND' },
    structure: 'Direction des systèmes d’information (DSI)',
    author: { name: 'Afiavi Dossou', role: 'Gestionnaire du parc' },
    values: VALUES,
    lines,
    signatures: [],
  };
}

const VALUES: Readonly<Partial<Record<Placeholder, FactValue>>> = {
  référence: 'MND-PCP-26-K7-0042-T',
  désignation: 'Ordinateur portable Dell Latitude 5420',
  type: 'Ordinateur portable',
  marque: 'Dell',
  modèle: 'Latitude 5420',
  'n° de série': '5CG0482KX',
  caractéristiques: 'Intel Core i5-1135G7, 16 Go de mémoire, disque 512 Go',
  état: 'Bon',
  statut: 'En service',
  'structure d’affectation': 'Cabinet du ministre',
  site: 'Immeuble du ministère, Cotonou',
  bureau: 'Bureau 12',
  détenteur: 'Koffi Ahouansou',
  'nom du détenteur': 'Koffi Ahouansou',
  'date d’acquisition': '2024-03-14',
  'date de mise en service': '2024-04',
  'mode d’acquisition': 'Marché public',
  valeur: 450_000,
  fournisseur: 'Établissements Sènan et fils',
  mouvement: 'Affectation',
  'date du mouvement': '2026-11-23',
  motif: 'Prise de service',
  'ancienne structure': 'Direction des systèmes d’information (DSI)',
  'ancien site': 'Magasin central',
  'ancien détenteur': 'Sènan Zinsou',
  'nom de l’ancien détenteur': 'Sènan Zinsou',
  périmètre: 'Ensemble du ministère',
  'arrêté au': '2026-12-31',
  du: '2026-01-01',
  au: '2026-12-31',
  'nombre d’entrées': 2,
  'nombre de sorties': 1,
  'montant des entrées': 830_000,
  'montant des sorties': 210_000,
  poste: 'K7, Poste du bureau 12',
  heure: '11:26',
  'dernier contact': '2026-11-20',
  'dernier accusé': 'colis n° 3, le 20/11/2026',
  'actifs reçus': 212,
  'actifs envoyés': 3,
  'actifs en attente': 1,
  'actifs refusés': 0,
  'enregistrements reçus': 1204,
  'enregistrements envoyés': 8,
  'enregistrements en attente': 2,
  'enregistrements refusés': 0,
  ...Object.fromEntries(ASKED.slice(0, 3).map((name) => [name, 'À préciser'])),
};

type Cells = PaperLine['cells'];

const IDENTITY: Cells = { type: 'Ordinateur portable', inventoryNumber: 'INV-0192' };

const ASSETS: readonly PaperLine[] = [
  asset(1, 'Ordinateur portable Dell Latitude 5420', 450_000),
  asset(2, 'Écran HP E24 G5 23,8 pouces', 135_000),
  asset(3, 'Imprimante laser HP LaserJet Pro M404dn', undefined),
];

const MOVEMENTS: readonly PaperLine[] = [
  movement('2026-01-12', 'Entrée', { quantityIn: 1, amountIn: 450_000, newPlace: 'DSI, Magasin central' }),
  movement('2026-02-03', 'Affectation', { newHolder: 'Koffi Ahouansou', newPlace: 'Cabinet du ministre, Bureau 12' }),
  movement('2026-10-30', 'Cession', { quantityOut: 1, amountOut: 210_000, documentNumber: 'PV n° 12' }),
];

function asset(place: number, designation: string, value: number | undefined): PaperLine {
  return {
    storesData: place === 1,
    cells: {
      ...IDENTITY,
      reference: `MND-PCP-26-K7-00${40 + place}`,
      designation,
      serialNumber: `5CG048${place}KX`,
      brandModel: 'Dell Latitude 5420',
      physicalState: 'Bon',
      status: 'En service',
      structure: 'Cabinet du ministre',
      site: 'Immeuble du ministère',
      room: 'Bureau 12',
      place: 'Cabinet du ministre, Bureau 12',
      holder: 'Koffi Ahouansou',
      formerHolder: 'Sènan Zinsou',
      acquisitionDate: '2024-03-14',
      acquisitionMode: 'Marché public',
      unit: 'unité',
      quantity: 1,
      wipingMethod: 'Effacement complet vérifié',
      wipingDate: '2026-11-20',
      wipingBy: 'Sènan Zinsou',
      reason: 'Vétuste',
      ...(value !== undefined && { value, unitPrice: value }),
    },
  };
}

function movement(date: string, name: string, cells: Cells): PaperLine {
  return {
    storesData: true,
    cells: {
      ...IDENTITY,
      reference: 'MND-PCP-26-K7-0042',
      designation: 'Ordinateur portable Dell Latitude 5420',
      movementDate: date,
      movement: name,
      author: 'Afiavi Dossou',
      unitPrice: 450_000,
      ...cells,
    },
  };
}

/** Columns that lines of this kind may show. */
export function columnsFor(kind: PaperKind, fields: readonly ColumnField[]): readonly ColumnField[] {
  const { lines } = paperRule(kind);
  return fields.filter((field) => [lines, 'both'].includes(columnRule(field).of));
}

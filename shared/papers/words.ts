import type { Act } from '../domain/lifecycle.ts';
import type { Role } from '../domain/roles.ts';
import type { AcquisitionMode, AssetStatus, HolderKind, PhysicalState } from '../schema/asset.ts';
import type { MovementKind } from '../schema/movement.ts';

/** What a paper calls the words of the field. Papers are in French whatever the language of the screens; a test keeps both alike. */
export const PAPER_WORDS = {
  status: {
    'in-stock': 'En stock',
    'in-service': 'En service',
    'in-repair': 'En réparation',
    'on-loan': 'Prêté',
    'in-transit': 'En transit',
    lost: 'Perdu',
    stolen: 'Volé',
    'proposed-for-disposal': 'Proposé à la réforme',
    disposed: 'Réformé',
    ceded: 'Cédé',
    destroyed: 'Détruit',
    transferred: 'Transféré',
    active: 'Actif',
    'to-renew': 'À renouveler',
    terminated: 'Résilié',
    merged: 'Fusionné',
  } satisfies Record<AssetStatus, string>,
  physicalState: {
    new: 'Neuf',
    good: 'Bon',
    fair: 'Passable',
    poor: 'Mauvais',
    unusable: 'Hors d’usage',
  } satisfies Record<PhysicalState, string>,
  holderKind: {
    agent: 'Agent',
    service: 'Service (usage collectif)',
    'technical-room': 'Salle technique',
  } satisfies Record<HolderKind, string>,
  acquisitionMode: {
    'public-contract': 'Marché public',
    'purchase-order': 'Bon de commande',
    donation: 'Don ou legs',
    project: 'Projet ou partenaire (PTF)',
    'transfer-received': 'Mutation reçue',
    rental: 'Location ou mise à disposition',
    existing: 'Existant (reprise)',
  } satisfies Record<AcquisitionMode, string>,
  serialAbsenceReason: { illegible: 'Illisible', absent: 'Absent de l’appareil' },
  role: {
    technicien: 'Technicien',
    gestionnaire: 'Gestionnaire du parc',
    dsi: 'DSI',
    rssi: 'RSSI',
    comptable: 'Comptable des matières',
    consultation: 'Consultation',
    asin: 'ASIN',
    administrateur: 'Administrateur',
  } satisfies Record<Role, string>,
  act: {
    entry: 'Entrée',
    'record-merge': 'Fusion de deux fiches',
    assignment: 'Affectation',
    reassignment: 'Mutation',
    dispatch: 'Expédition',
    'external-dispatch': 'Expédition vers une autre institution',
    receipt: 'Réception',
    return: 'Retour en stock',
    loan: 'Sortie provisoire (prêt)',
    repair: 'Départ en réparation',
    'repair-end': 'Remise en service',
    intervention: 'Intervention sur place',
    loss: 'Déclaration de perte',
    theft: 'Déclaration de vol',
    recovery: 'Matériel retrouvé',
    'disposal-proposal': 'Proposition à la réforme',
    'proposal-withdrawal': 'Retrait de la proposition',
    disposal: 'Réforme',
    cession: 'Cession',
    destruction: 'Destruction',
    handover: 'Remise à une autre institution',
    supply: 'Approvisionnement',
    issue: 'Sortie de stock',
    'stock-count': 'Comptage du stock',
    'renewal-request': 'Renouvellement demandé',
    renewal: 'Renouvellement',
    termination: 'Résiliation',
  } satisfies Record<Act, string>,
  movementKind: {
    creation: 'Enregistrement',
    update: 'Modification',
    status: 'Changement de statut',
    merge: 'Fusion à la synchronisation',
    act: 'Mouvement',
    undo: 'Annulation',
    review: 'Décision sur un point à vérifier',
  } satisfies Record<MovementKind, string>,
} as const;

/** Characteristics that a paper may name, in this order; what is not here stays on the screen. */
export const PAPER_ATTRIBUTES = {
  processor: (value: string) => value,
  memoryMb: (value: string) => inGigabytes(value, 1024, 'de mémoire'),
  diskGb: (value: string) => `disque ${value} Go`,
  diskMb: (value: string) => inGigabytes(value, 1000, 'de disque'),
  storageGb: (value: string) => `stockage ${value} Go`,
  os: (value: string) => value,
  powerVa: (value: string) => `${value} VA`,
  portCount: (value: string) => `${value} ports`,
} as const;

function inGigabytes(megabytes: string, unit: number, what: string): string {
  const size = Number(megabytes) / unit;
  return Number.isFinite(size) && size >= 1 ? `${Math.round(size)} Go ${what}` : `${megabytes} Mo ${what}`;
}

/** The word for what may be unknown. */
export function wordFor<Key extends string>(
  words: Readonly<Record<Key, string>>,
  key: Key | undefined,
): string | undefined {
  return key === undefined ? undefined : words[key];
}

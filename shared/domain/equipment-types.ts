import { Value } from 'typebox/value';
import type { Nature } from '../schema/asset.ts';
import { type AttributeDefinition, TypeContent } from '../schema/equipment-type.ts';

/**
 * The equipment types that ship with the product: code and French label. They are seeded into the ministry's
 * `references`, where an administrator edits them; nothing else may depend on this list being complete.
 */
export const EQUIPMENT_TYPES = [
  ['PCF', 'Poste fixe'],
  ['PCP', 'Ordinateur portable'],
  ['TAB', 'Tablette'],
  ['STA', 'Station de travail'],
  ['ECR', 'Écran'],
  ['IMP', 'Imprimante'],
  ['MFP', 'Copieur multifonction'],
  ['SCA', 'Scanner'],
  ['SRV', 'Serveur'],
  ['BAI', 'Baie de stockage / NAS'],
  ['SAU', 'Lecteur ou robot de sauvegarde'],
  ['OND', 'Onduleur'],
  ['STB', 'Régulateur / stabilisateur'],
  ['GEL', 'Groupe électrogène'],
  ['SOL', 'Kit solaire / batteries'],
  ['ROU', 'Routeur'],
  ['COM', 'Commutateur'],
  ['PFE', 'Pare-feu'],
  ['PAW', "Point d'accès Wi-Fi"],
  ['MOD', 'Modem / box / 4G'],
  ['VSA', 'Terminal satellite'],
  ['TIP', 'Téléphone IP'],
  ['MOB', 'Téléphone mobile'],
  ['VPR', 'Vidéoprojecteur'],
  ['TNI', 'Écran interactif'],
  ['VIS', 'Visioconférence'],
  ['CAM', 'Caméra'],
  ['BIO', 'Terminal biométrique / pointeuse'],
  ['LEC', 'Lecteur de carte / QR'],
  ['TPE', 'Terminal de paiement'],
  ['DDE', 'Disque externe / support amovible'],
  ['RAC', 'Baie / armoire'],
  ['CLI', 'Climatiseur de salle'],
  ['AUT', 'Autre'],
] as const satisfies readonly (readonly [string, string])[];

/** Types of what is no hardware, seeded beside it: code, French label, nature. */
export const OTHER_TYPES = [
  ['LSE', 'Système d’exploitation (licence)', 'licence'],
  ['LBU', 'Bureautique (licence)', 'licence'],
  ['LBD', 'Base de données (licence)', 'licence'],
  ['LAV', 'Antivirus et sécurité (licence)', 'licence'],
  ['LME', 'Logiciel métier (licence)', 'licence'],
  ['LDV', 'Développement (licence)', 'licence'],
  ['LAU', 'Autre logiciel (licence)', 'licence'],
  ['CEN', 'Cartouche, toner, encre', 'consumable'],
  ['CPA', 'Papier', 'consumable'],
  ['CCB', 'Câble, connectique', 'consumable'],
  ['CAU', 'Autre consommable', 'consumable'],
  ['KMA', 'Contrat de maintenance', 'contract'],
  ['KGA', 'Extension de garantie', 'contract'],
  ['KSE', 'Contrat de service ou d’abonnement', 'contract'],
] as const satisfies readonly (readonly [string, string, Nature])[];

const text = (key: string, label: string): AttributeDefinition => ({ key, label, kind: 'text' });
const number = (key: string, label: string, unit?: string): AttributeDefinition => ({
  key,
  label,
  kind: 'number',
  ...(unit && { unit }),
});
const choice = (key: string, label: string, choices: string[]): AttributeDefinition => ({
  key,
  label,
  kind: 'choice',
  choices,
});
const flag = (key: string, label: string): AttributeDefinition => ({ key, label, kind: 'boolean' });

const COMPUTER = [
  text('processor', 'Processeur'),
  number('memoryMb', 'Mémoire', 'Mo'),
  number('diskGb', 'Disque', 'Go'),
  choice('diskType', 'Type de disque', ['SSD', 'HDD', 'NVMe', 'eMMC']),
  text('os', 'Système d’exploitation'),
  text('osVersion', 'Version du système'),
  text('hostname', 'Nom de la machine'),
  text('domain', 'Domaine'),
  text('antivirus', 'Antivirus'),
  flag('diskEncryption', 'Chiffrement du disque'),
  text('macAddress', 'Adresse MAC'),
  text('ipAddress', 'Adresse IP'),
];
const PRINTER = [
  choice('technology', 'Technologie', ['Laser', 'Jet d’encre', 'Matricielle', 'Thermique']),
  flag('color', 'Couleur'),
  choice('maxFormat', 'Format maximal', ['A4', 'A3', 'A2', 'A1', 'A0']),
  text('supplyReference', 'Référence du consommable'),
  number('pageCount', 'Compteur de pages'),
  text('ipAddress', 'Adresse IP'),
];
const POWER = [
  number('powerVa', 'Puissance', 'VA'),
  number('autonomyMin', 'Autonomie', 'min'),
  { key: 'batteryDate', label: 'Date de la batterie', kind: 'date' } as const,
];
const NETWORK = [
  number('portCount', 'Nombre de ports'),
  flag('poe', 'PoE'),
  text('firmware', 'Micrologiciel'),
  text('rackPosition', 'Emplacement dans la baie'),
  text('linkOperator', 'Opérateur du lien'),
  text('macAddress', 'Adresse MAC'),
];
const PHONE = [text('imei', 'IMEI'), text('phoneNumber', 'Numéro d’appel'), text('extension', 'Poste interne')];

/** Characteristics that ship with the types (domain.md section 6.2); an administrator edits them like all the rest. */
export const TYPE_ATTRIBUTES: Readonly<Record<string, readonly AttributeDefinition[]>> = {
  PCF: COMPUTER,
  PCP: COMPUTER,
  TAB: [...COMPUTER, ...PHONE],
  STA: COMPUTER,
  SRV: [
    ...COMPUTER,
    text('hypervisor', 'Hyperviseur'),
    number('cpuCount', 'Nombre de processeurs'),
    text('raid', 'RAID'),
    number('rackUnits', 'Hauteur', 'U'),
    text('serverRole', 'Rôle'),
  ],
  IMP: PRINTER,
  MFP: PRINTER,
  OND: POWER,
  STB: POWER,
  GEL: POWER,
  SOL: POWER,
  ROU: NETWORK,
  COM: NETWORK,
  PFE: NETWORK,
  PAW: NETWORK,
  MOD: [...NETWORK, ...PHONE],
  VSA: NETWORK,
  TIP: PHONE,
  MOB: PHONE,
  ECR: [number('diagonalInches', 'Diagonale', 'pouces')],
  BAI: [number('storageGb', 'Capacité', 'Go'), text('raid', 'RAID'), number('rackUnits', 'Hauteur', 'U')],
  DDE: [number('storageGb', 'Capacité', 'Go'), flag('diskEncryption', 'Chiffrement du disque')],
};

/** Whether the assets of a type keep data of their own, and leave the State's hands only wiped. */
export type KeepsData = (typeCode: string) => boolean;

/** By the list that ships, where the register's own types are not at hand. */
export const keepsDataByList: KeepsData = (code) => STORES_DATA.has(code);

/** By what the type says, or where it says nothing, by the list that ships. */
export function keepsData(typeCode: string, content: unknown): boolean {
  return Value.Check(TypeContent, content) ? content.storesData === true : STORES_DATA.has(typeCode);
}

/** What a type says of its assets; one that says nothing, or nothing that can be read, is hardware without characteristics. */
export function readTypeContent(content: unknown): TypeContent {
  return Value.Check(TypeContent, content) ? content : { nature: 'hardware', attributes: [] };
}

/** Types that keep data of their own: they leave the State's hands only with a certificate of wiping. */
export const STORES_DATA: ReadonlySet<string> = new Set([
  'PCF',
  'PCP',
  'TAB',
  'STA',
  'MFP',
  'SRV',
  'BAI',
  'SAU',
  'MOB',
  'DDE',
]);

import { fold } from '#shared/domain/fold.ts';
import type { ReferenceTarget } from '#shared/protocol/reference-data.ts';
import { canonical } from '../../exchange/table/headers.ts';

const NAME = ['nom', 'libelle', 'denomination', 'intitule', 'designation', 'name', 'label'] as const;
const ACRONYM = ['sigle', 'acronyme', 'abreviation', 'acronym'] as const;
const FROM = [
  'valide du',
  'valide depuis',
  'en vigueur depuis',
  'depuis',
  'debut',
  'date debut',
  'date creation',
  'creation',
  'valid from',
] as const;
const TO = ['valide au', 'valide jusqu au', 'jusqu au', 'fin', 'date fin', 'valid to'] as const;
const PHONE = ['telephone', 'tel', 'contact', 'numero telephone', 'phone'] as const;

/**
 * Headings by what they say, as `canonical` or, where the small words tell (`Valide du`, `Valide au`), as `fold` writes them.
 * The first that a file has counts.
 */
export const COLUMNS = {
  structures: {
    name: [...NAME, 'structure'],
    acronym: ACRONYM,
    code: ['code', 'numero', 'id', 'identifiant', 'code structure'],
    kind: ['niveau', 'type', 'categorie', 'nature', 'kind', 'level', 'type structure'],
    parent: [
      'parent',
      'rattachement',
      'structure parente',
      'rattachee',
      'rattache',
      'structure rattachement',
      'tutelle',
      'superieur',
    ],
    validFrom: FROM,
    validTo: TO,
  },
  sites: {
    departement: ['departement', 'department'],
    commune: ['commune', 'ville'],
    site: ['site', 'lieu', 'localite', 'nom site', ...NAME],
    building: ['batiment', 'immeuble', 'building'],
    room: ['bureau', 'salle', 'local', 'piece', 'room'],
    aliases: ['autres noms', 'autre nom', 'alias', 'autre orthographe', 'aliases'],
  },
  types: {
    code: ['code', 'code type', 'sigle'],
    name: [...NAME, 'type', 'type materiel'],
    nature: ['nature', 'genre', 'categorie'],
    lifetimeMonths: ['duree vie', 'duree vie mois', 'duree', 'lifetime', 'lifetime months'],
  },
  brands: {
    name: [...NAME, 'marque', 'fabricant', 'editeur', 'constructeur', 'brand', 'maker'],
  },
  accounts: {
    code: ['code', 'compte', 'numero', 'numero compte', 'compte matiere', 'code compte', 'account'],
    name: [...NAME, 'nature matieres'],
    group: ['groupe', 'groupe matiere', 'group'],
  },
  suppliers: {
    name: [...NAME, 'fournisseur', 'raison sociale', 'supplier', 'societe', 'entreprise'],
    taxNumber: ['ifu', 'numero ifu', 'tax number'],
    phone: PHONE,
  },
  agents: {
    name: ['nom', 'nom prenoms', 'nom prenom', 'noms prenoms', 'agent', 'detenteur', 'name', 'nom complet'],
    firstName: ['prenom', 'prenoms', 'first name'],
    payrollNumber: ['matricule', 'numero matricule', 'payroll number'],
    position: ['fonction', 'poste', 'emploi', 'qualite', 'position'],
    structure: ['structure', 'direction', 'service', 'affectation', 'lieu affectation'],
    phone: PHONE,
  },
  institutions: {
    name: [...NAME, 'ministere', 'institution', 'structure'],
    code: [...ACRONYM, 'code'],
    validFrom: FROM,
    validTo: TO,
    replacedBy: ['remplace', 'remplacee', 'devenu', 'devenue', 'replaced by'],
  },
} as const satisfies Readonly<Record<ReferenceTarget, Readonly<Record<string, readonly string[]>>>>;

/** Without one of these a file is another list. */
export const TELLING: Readonly<Record<ReferenceTarget, readonly string[]>> = {
  structures: ['name'],
  sites: ['commune', 'site'],
  types: ['code'],
  brands: ['name'],
  accounts: ['code'],
  suppliers: ['name'],
  agents: ['name'],
  institutions: ['name'],
};

/** The column of each field, by the place of its heading. */
export function placeColumns(target: ReferenceTarget, headers: readonly string[]): ReadonlyMap<string, number> {
  const names = headers.map((header) => [canonical(header), fold(header)]);
  const placed = new Map<string, number>();
  const taken = new Set<number>();
  for (const [field, words] of Object.entries<readonly string[]>(COLUMNS[target])) {
    // A field's better words win over the order of the columns.
    for (const word of words) {
      const at = names.findIndex((forms, place) => forms.includes(word) && !taken.has(place));
      if (at < 0) continue;
      placed.set(field, at);
      taken.add(at);
      break;
    }
  }
  return placed;
}

export function isHeaderOf(target: ReferenceTarget): (cell: string) => boolean {
  const words = new Set<string>(Object.values<readonly string[]>(COLUMNS[target]).flat());
  return (cell) => cell.length <= 150 && (words.has(canonical(cell)) || words.has(fold(cell)));
}

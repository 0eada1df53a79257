import type { ReferenceTarget } from '#shared/protocol/reference-data.ts';
import type { ListedKind } from '#shared/schema/reference-content.ts';

/** The lists of the screen, in its order. */
export const SECTIONS = [
  'structures',
  'sites',
  'types',
  'brands',
  'suppliers',
  'agents',
  'accounts',
  'institutions',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Sections that show references, with their kind. */
export const KIND_OF_SECTION = {
  types: 'equipment-type',
  brands: 'brand',
  suppliers: 'supplier',
  accounts: 'account',
  institutions: 'institution',
} as const satisfies Partial<Record<SectionName, ListedKind>>;
export type ListSection = keyof typeof KIND_OF_SECTION;

/** What a section can be filled with from a file. */
export const TARGET_OF_SECTION: Partial<Record<SectionName, ReferenceTarget>> = {
  structures: 'structures',
  sites: 'sites',
  types: 'types',
  brands: 'brands',
  suppliers: 'suppliers',
  agents: 'agents',
  accounts: 'accounts',
  institutions: 'institutions',
};

export function toSection(name: string | undefined): SectionName {
  return SECTIONS.find((section) => section === name) ?? 'structures';
}

import type { CollectionName } from '../schema/collections.ts';

/** Roles of domain.md section 7. One permission table serves screens, commands and the endpoint. */
export const ROLES = [
  'technicien',
  'gestionnaire',
  'dsi',
  'rssi',
  'comptable',
  'consultation',
  'asin',
  'administrateur',
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'asset.create',
  'asset.update',
  'asset.act',
  'asset.import',
  'reference.update',
  'agent.update',
  'view.save',
  'paper.issue',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const WRITERS = ['technicien', 'gestionnaire', 'dsi', 'administrateur'] as const satisfies readonly Role[];

const ALLOWED: Readonly<Record<Permission, readonly Role[]>> = {
  'asset.create': WRITERS,
  'asset.update': [...WRITERS, 'rssi', 'comptable'],
  'asset.act': [...WRITERS, 'comptable'],
  'asset.import': ['gestionnaire', 'dsi', 'administrateur'],
  'reference.update': ['dsi', 'administrateur'],
  'agent.update': WRITERS,
  'view.save': [...WRITERS, 'rssi', 'comptable'],
  'paper.issue': [...WRITERS, 'comptable'],
};

const ASSET_ACTS = ['asset.create', 'asset.update', 'asset.act'] as const satisfies readonly Permission[];

/** Rows of a collection come from whoever has one of these. A journal and its reviews follow the acts on assets. */
const WRITES: Readonly<Record<CollectionName, readonly Permission[]>> = {
  structures: ['reference.update'],
  sites: ['reference.update'],
  references: ['reference.update', 'view.save'],
  agents: ['agent.update'],
  assets: ASSET_ACTS,
  movements: ASSET_ACTS,
  papers: ['paper.issue'],
  files: ['asset.update'],
  reviews: PERMISSIONS,
};

/** SPEC A7: what a role may do, the same answer on screen, in the data process and on the wire. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return ALLOWED[permission].includes(role);
}

/** SPEC A7, E5: whose desktops a role sees: those of all ministries, those of its own, or none. */
export function mayReadFleet(role: Role): 'all' | 'own' | undefined {
  if (role === 'asin') return 'all';
  return role === 'administrateur' ? 'own' : undefined;
}

/** SPEC A7: whether a role writes anything at all. */
export function isWriter(role: Role): boolean {
  return PERMISSIONS.some((permission) => isAllowed(role, permission));
}

/** SPEC A7: whether rows of this collection may come from this role at all. */
export function mayWrite(role: Role, collection: CollectionName): boolean {
  return WRITES[collection].some((permission) => isAllowed(role, permission));
}

/** The only rows of `references` that come from whoever saves views: the lists themselves are not everybody's. */
export const SHARED_KIND = 'saved-view';

/** SPEC A7: whether a very row may come from this role. */
export function mayWriteRow(
  role: Role,
  collection: CollectionName,
  { kind }: Readonly<Record<string, unknown>>,
): boolean {
  if (!mayWrite(role, collection)) return false;
  return collection !== 'references' || kind === SHARED_KIND || isAllowed(role, 'reference.update');
}

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

export const PERMISSIONS = ['asset.create', 'asset.update', 'asset.changeStatus', 'asset.import'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const WRITERS = ['technicien', 'gestionnaire', 'dsi', 'administrateur'] as const satisfies readonly Role[];

const ALLOWED: Readonly<Record<Permission, readonly Role[]>> = {
  'asset.create': WRITERS,
  'asset.update': [...WRITERS, 'rssi', 'comptable'],
  'asset.changeStatus': [...WRITERS, 'comptable'],
  'asset.import': ['gestionnaire', 'dsi', 'administrateur'],
};

/** SPEC A7: what a role may do, the same answer on screen, in the data process and on the wire. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return ALLOWED[permission].includes(role);
}

import { isAllowed } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useSession } from '../../store/session.tsx';

/** Whether the person at this desktop may change what this record says. */
export function useMayEdit({ status }: Pick<Asset, 'status'>): boolean {
  const { identity } = useSession();
  return identity !== null && isAllowed(identity.person.role, 'asset.update') && status !== 'merged';
}

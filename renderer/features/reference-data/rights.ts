import { isAllowed } from '#shared/domain/roles.ts';
import { useSession } from '../../store/session.tsx';
import type { SectionName } from './sections.ts';

/** Whether this person may change a list, as the command will judge it (SPEC A7). */
export function useMayEdit(section: SectionName): boolean {
  const { identity } = useSession();
  const permission = section === 'agents' ? 'agent.update' : 'reference.update';
  return identity !== null && isAllowed(identity.person.role, permission);
}

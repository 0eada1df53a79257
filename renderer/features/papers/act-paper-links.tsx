import { Anchor, Group } from '@mantine/core';
import { Link } from 'wouter';
import { ruleOf } from '#shared/domain/lifecycle.ts';
import { isAllowed } from '#shared/domain/roles.ts';
import type { ActPapersProps } from '../../components/act-papers.tsx';
import { paths } from '../../components/paths.ts';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';

/** The papers that an act asks for: those made already to be opened, the others to be made. */
export function ActPaperLinks({ actId, act }: ActPapersProps) {
  const { t } = useText();
  const { identity } = useSession();
  const found = readyValue(useQuestion('findPapers', { actId, offset: 0, limit: 20 }, 'papers'));
  const mayIssue = identity !== null && isAllowed(identity.person.role, 'paper.issue');
  return (
    <Group gap="sm">
      {ruleOf(act).papers.map((kind) => {
        const paper = t(`papers.kind.${kind}`);
        const made = found?.papers.find((known) => known.kind === kind);
        if (!made && !mayIssue) return null;
        return (
          <Anchor
            key={kind}
            component={Link}
            href={made ? paths.paper(made.id) : paths.newPaperOfAct(kind, actId)}
            fz="sm"
          >
            {t(made ? 'papers.ofAct.open' : 'papers.ofAct.make', { paper })}
          </Anchor>
        );
      })}
    </Group>
  );
}

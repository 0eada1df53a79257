import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import { useSession } from '../store/session.tsx';
import { readyValue } from '../store/use-live-query.ts';
import { useQuestion } from '../store/use-question.ts';
import { formatDay } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import classes from './asset-papers.module.css';
import { paths } from './paths.ts';
import { Section } from './section.tsx';

const SHOWN = 8;

/** The papers that name an asset, the latest first, and a way to make its record. */
export function AssetPapers({ assetId }: { readonly assetId: string }) {
  const { t, language } = useText();
  const { identity } = useSession();
  const found = readyValue(useQuestion('findPapers', { assetId, offset: 0, limit: SHOWN }, 'papers'));
  const mayIssue = identity !== null && isAllowed(identity.person.role, 'paper.issue');
  return (
    <Section title={t('papers.ofAsset.title')}>
      {found?.total === 0 && (
        <Text fz="sm" c="dimmed">
          {t('papers.ofAsset.empty')}
        </Text>
      )}
      <ul className={classes.list}>
        {found?.papers.map(({ id, number, title, issuedAt }) => (
          <li key={id}>
            <Anchor component={Link} href={paths.paper(id)} fz="sm">
              {title}
            </Anchor>
            <Text fz="xs" c="dimmed" className="tabular">
              {number} · {formatDay(issuedAt, language)}
            </Text>
          </li>
        ))}
      </ul>
      <Group gap="xs" mt="xs">
        {mayIssue && (
          <>
            <Button component={Link} href={paths.newPaperOfAsset('asset-record', assetId)} size="xs" variant="default">
              {t('papers.ofAsset.record')}
            </Button>
            <Button
              component={Link}
              href={paths.newPaperOfAsset('assignment-slip', assetId)}
              size="xs"
              variant="subtle"
            >
              {t('papers.ofAsset.other')}
            </Button>
          </>
        )}
        {found && found.total > SHOWN && (
          <Anchor component={Link} href={paths.papersOfAsset(assetId)} fz="sm">
            {t('papers.ofAsset.all')}
          </Anchor>
        )}
      </Group>
    </Section>
  );
}

import { Anchor, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconFilePlus, IconQrcode, IconSearch, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { PAPER_KINDS, type PaperKind } from '#shared/domain/lifecycle.ts';
import { isAllowed } from '#shared/domain/roles.ts';
import type { PaperSummary } from '#shared/protocol/papers.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatDay, formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './papers.module.css';

const STRETCH = 50;
const MOST = 200;

/** Every paper made in this ministry that this desktop has; those of one asset where it is said. */
export function PapersScreen({ assetId }: { readonly assetId?: string }) {
  const { t } = useText();
  const { identity } = useSession();
  const role = identity?.person.role;
  return (
    <Stack gap="md" maw={1100}>
      <Group justify="space-between">
        <Title order={1}>{t('papers.title')}</Title>
        <Group gap="xs">
          <Button
            component={Link}
            href={paths.paperTemplates}
            variant="default"
            leftSection={<IconTemplate size={17} />}
          >
            {t('papers.templates')}
          </Button>
          <Button component={Link} href={paths.checkPaper} variant="default" leftSection={<IconQrcode size={17} />}>
            {t('papers.verify')}
          </Button>
          {role && isAllowed(role, 'paper.issue') && (
            <Button component={Link} href={paths.newPaper} leftSection={<IconFilePlus size={17} />}>
              {t('papers.create')}
            </Button>
          )}
        </Group>
      </Group>
      <FoundPapers {...(assetId && { assetId })} />
    </Stack>
  );
}

function FoundPapers({ assetId }: { readonly assetId?: string }) {
  const { t } = useText();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<PaperKind>();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [limit, setLimit] = useState(STRETCH);
  const isFiltered = Boolean(text.trim() || kind || from || to || assetId);
  const answer = useQuestion(
    'findPapers',
    {
      ...(text.trim() && { text: text.trim() }),
      ...(kind && { kind }),
      ...(from && { from }),
      ...(to && { to }),
      ...(assetId && { assetId }),
      offset: 0,
      limit,
    },
    'papers',
  );
  const found = readyValue(answer);
  return (
    <>
      <search className={classes.filters}>
        <TextInput
          label={t('papers.list.search')}
          placeholder={t('papers.list.searchHint')}
          leftSection={<IconSearch size={16} />}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          label={t('papers.list.kind')}
          placeholder={t('papers.list.allKinds')}
          clearable
          clearButtonProps={{ 'aria-label': t('papers.list.allKinds') }}
          data={PAPER_KINDS.map((value) => ({ value, label: t(`papers.kind.${value}`) }))}
          value={kind ?? null}
          onChange={(value) => setKind(PAPER_KINDS.find((known) => known === value))}
        />
        <TextInput
          type="date"
          label={t('papers.list.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('papers.list.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </search>
      {answer.state === 'error' && <ErrorAlert error={answer.error} />}
      <Text fz="sm" c="dimmed" role="status">
        {found && t('papers.list.count', { count: found.total })}
      </Text>
      {found && found.total === 0 && <Text>{t(isFiltered ? 'papers.list.empty' : 'papers.list.first')}</Text>}
      {found && found.total > 0 && <PaperTable papers={found.papers} />}
      {found && found.total > limit && limit < MOST && (
        <Button variant="default" onClick={() => setLimit(Math.min(limit + STRETCH, MOST))}>
          {t('papers.list.more')}
        </Button>
      )}
    </>
  );
}

function PaperTable({ papers }: { readonly papers: readonly PaperSummary[] }) {
  const { t, language } = useText();
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">{t('papers.list.number')}</th>
          <th scope="col">{t('papers.list.document')}</th>
          <th scope="col">{t('papers.list.subject')}</th>
          <th scope="col">{t('papers.list.date')}</th>
          <th scope="col">{t('papers.list.author')}</th>
          <th scope="col" data-kind="number">
            {t('papers.list.assets')}
          </th>
        </tr>
      </thead>
      <tbody>
        {papers.map(({ id, number, title, subject, issuedAt, author, assetCount }) => (
          <tr key={id}>
            <td className={classes.figures}>
              <Anchor component={Link} href={paths.paper(id)} fz="sm">
                {number}
              </Anchor>
            </td>
            <td>{title}</td>
            <td>{subject}</td>
            <td className={classes.figures}>{formatDay(issuedAt, language)}</td>
            <td>{author}</td>
            <td className={classes.figures} data-kind="number">
              {assetCount > 0 ? formatInteger(assetCount) : t('common.none')}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

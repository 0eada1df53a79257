import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconQrcode } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { Link } from 'wouter';
import type { PaperCheck, PaperDifference } from '#shared/protocol/papers.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { PaperPages } from './paper-pages.tsx';
import classes from './papers.module.css';
import { useLogo } from './use-logo.ts';

type Known = Extract<PaperCheck, { state: 'known' }>;

/** A scanner, which types and presses Enter, or a person types what stands on a paper; the register says what it knows. */
export function CheckScreen() {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState<string>();
  const answer = useQuestion('checkPaper', code === undefined ? undefined : { code }, 'papers');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!typed.trim()) return;
    setCode(typed.trim());
    // The next paper is scanned into an empty field.
    setTyped('');
  };
  return (
    <Stack gap="md">
      <header>
        <Anchor component={Link} href={paths.papers} fz="sm">
          ← {t('papers.view.back')}
        </Anchor>
        <Title order={1}>{t('papers.check.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('papers.check.intro')}
        </Text>
      </header>
      <form onSubmit={submit} className={classes.filters}>
        <TextInput
          label={t('papers.check.code')}
          leftSection={<IconQrcode size={17} />}
          w="34rem"
          maw="100%"
          maxLength={300}
          autoComplete="off"
          autoFocus
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit">{t('papers.check.submit')}</Button>
      </form>
      <div role="status" aria-live="polite">
        {code !== undefined && answer.state === 'error' && <ErrorAlert error={answer.error} />}
        {code !== undefined && answer.state === 'ready' && <Verdict check={answer.value} />}
      </div>
      {code !== undefined && answer.state === 'ready' && answer.value.state === 'known' && (
        <KnownPaper check={answer.value} />
      )}
    </Stack>
  );
}

const LOOKS = {
  matches: { color: 'forest', Icon: IconCircleCheck },
  differs: { color: 'red', Icon: IconAlertTriangle },
  'not-given': { color: 'yellow', Icon: IconHelpCircle },
} as const satisfies Record<Known['digestState'], unknown>;

function Verdict({ check }: { readonly check: PaperCheck }) {
  const { t } = useText();
  if (check.state === 'unreadable') {
    return (
      <Alert color="yellow" icon={<IconHelpCircle />} title={t('papers.check.unreadable')}>
        {t('papers.check.unreadableText')}
      </Alert>
    );
  }
  if (check.state === 'unknown') {
    return (
      <Alert color="yellow" icon={<IconHelpCircle />} title={t('papers.check.unknown')}>
        {t('papers.check.unknownText', { number: check.number })}
      </Alert>
    );
  }
  const { color, Icon } = LOOKS[check.digestState];
  return (
    <Alert color={color} icon={<Icon />} title={t(`papers.check.${check.digestState}`)}>
      <Text fz="sm" fw={600}>
        {check.content.title} · {check.paper.number}
      </Text>
      <Text fz="sm">{t(`papers.check.${check.digestState}Text`)}</Text>
      <Anchor component={Link} href={paths.paper(check.paper.id)} fz="sm">
        {t('papers.check.open')}
      </Anchor>
    </Alert>
  );
}

function KnownPaper({ check }: { readonly check: Known }) {
  const logo = useLogo(check.content.heading.logo);
  return (
    <div className={classes.columns}>
      <PaperPages label={check.content.title} content={check.content} marks={{ digest: check.paper.digest, logo }} />
      <Differences check={check} />
    </div>
  );
}

function Differences({ check: { paper, differences } }: { readonly check: Known }) {
  const { t } = useText();
  return (
    <Section title={t('papers.check.differences')}>
      {paper.assets.length === 0 && <Text fz="sm">{t('papers.check.notNamed')}</Text>}
      {paper.assets.length > 0 && differences.length === 0 && <Text fz="sm">{t('papers.check.noDifferences')}</Text>}
      <Stack gap="sm">
        {differences.map((difference) => (
          <Difference key={difference.assetId} difference={difference} />
        ))}
      </Stack>
    </Section>
  );
}

function Difference({
  difference: { assetId, reference, isMissing, changes },
}: {
  readonly difference: PaperDifference;
}) {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  if (isMissing) {
    return (
      <Text fz="sm">
        <span className={classes.figures}>{reference}</span> · {t('papers.check.missing')}
      </Text>
    );
  }
  return (
    <div>
      <Anchor component={Link} href={paths.asset(assetId)} fz="sm" className={classes.figures}>
        {reference}
      </Anchor>
      <DataTable>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('papers.template.factLabel')}</th>
            <th scope="col">{t('papers.check.onPaper')}</th>
            <th scope="col">{t('papers.check.now')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, from, to }) => (
            <tr key={field}>
              <th scope="row">{label(field)}</th>
              <td>
                <s>{text(field, from) ?? t('common.notFilled')}</s>
              </td>
              <td>{text(field, to) ?? t('common.notFilled')}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}

import { Alert, Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { IconAlertTriangle, IconFileOff, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { Link } from 'wouter';
import { shortDigest } from '#shared/papers/code.ts';
import type { WholePaper } from '#shared/protocol/papers.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInstant, formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { PaperPages } from './paper-pages.tsx';
import classes from './papers.module.css';
import { useLogo } from './use-logo.ts';
import { usePrint } from './use-print.ts';

/** One paper: as it is printed, and what the register knows of it. */
export function PaperScreen({ id }: { readonly id: string }) {
  const { t } = useText();
  const answer = useQuestion('getPaper', { id }, 'papers');
  if (answer.state === 'loading') return <LoadingScreen />;
  if (answer.state === 'error') return <ErrorAlert error={answer.error} />;
  if (answer.value?.paper.id !== id) {
    return (
      <EmptyScreen icon={<IconFileOff />} title={t('papers.view.notFound')} text={t('papers.view.notFoundText')}>
        <Button component={Link} href={paths.papers} variant="default">
          {t('papers.view.back')}
        </Button>
      </EmptyScreen>
    );
  }
  return <PaperPage whole={answer.value} />;
}

function PaperPage({ whole }: { readonly whole: WholePaper }) {
  const { t } = useText();
  const notify = useNotify();
  const { paper, content, isIntact } = whole;
  const logo = useLogo(content.heading.logo);
  const { task, error, start } = usePrint(content, (done) =>
    notify(t(done === 'pdf' ? 'papers.view.saved' : 'papers.view.printed')),
  );
  return (
    <Stack gap="md" className={classes.page}>
      <header>
        <Anchor component={Link} href={paths.papers} fz="sm">
          ← {t('papers.view.back')}
        </Anchor>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={1}>{content.title}</Title>
            <div className={classes.number}>{paper.number}</div>
          </div>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              leftSection={<IconFileTypePdf size={17} />}
              loading={task === 'pdf'}
              disabled={!isIntact || task !== undefined}
              onClick={() => start('pdf')}
            >
              {t('papers.view.pdf')}
            </Button>
            <Button
              leftSection={<IconPrinter size={17} />}
              loading={task === 'print'}
              disabled={!isIntact || task !== undefined}
              onClick={() => start('print')}
            >
              {t('papers.view.print')}
            </Button>
          </Group>
        </Group>
      </header>
      <ErrorAlert error={error} />
      {!isIntact && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle />} title={t('papers.view.altered')}>
          {t('papers.view.alteredText')}
        </Alert>
      )}
      <div className={classes.columns}>
        <PaperPages
          label={content.title}
          content={content}
          marks={{ digest: paper.digest, logo }}
          isPrinting={task !== undefined}
        />
        <About paper={paper} />
      </div>
    </Stack>
  );
}

function About({ paper }: { readonly paper: WholePaper['paper'] }) {
  const { t, language } = useText();
  return (
    <Section title={t('papers.view.about')}>
      <FieldList
        rows={[
          { label: t('papers.list.subject'), value: paper.subject || undefined },
          { label: t('papers.view.issued'), value: formatInstant(paper.issuedAt, language) },
          { label: t('papers.view.by'), value: `${paper.author.name} (${t(`domain.role.${paper.author.role}`)})` },
          { label: t('papers.view.assets'), value: formatInteger(paper.assetCount) },
          {
            label: t('papers.view.template'),
            value:
              paper.templateVersion === 0
                ? t('papers.view.shippedTemplate')
                : t('papers.view.ownTemplate', { version: paper.templateVersion }),
          },
          { label: t('papers.view.digest'), value: shortDigest(paper.digest) },
        ]}
      />
      {paper.assets.length > 0 && (
        <ul className={classes.assets}>
          {paper.assets.slice(0, SHOWN).map(({ id, reference }) => (
            <li key={id}>
              <Anchor component={Link} href={paths.asset(id)} fz="sm">
                {reference}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Assets that are linked; the others stand on the paper. */
const SHOWN = 50;

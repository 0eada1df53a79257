import { Alert, Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { PaperKind } from '#shared/domain/lifecycle.ts';
import { isAllowed } from '#shared/domain/roles.ts';
import { composePaper } from '#shared/papers/compose.ts';
import { sampleFacts } from '#shared/papers/sample.ts';
import type { PaperTemplate } from '#shared/papers/template.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { PaperPages } from './paper-pages.tsx';
import classes from './papers.module.css';
import { Placeholders } from './placeholders.tsx';
import { findFaults, type TemplateFault } from './template-faults.ts';
import { TemplateFields } from './template-fields.tsx';

/** A sample has no number of its own. */
const SAMPLE = {};

/** The wording of one kind of paper, with what it looks like beside it. */
export function TemplateScreen({ kind }: { readonly kind: PaperKind }) {
  const answer = useQuestion('getPaperTemplates', {}, 'references');
  if (answer.state === 'loading') return <LoadingScreen />;
  if (answer.state === 'error') return <ErrorAlert error={answer.error} />;
  const found = answer.value.find(({ template }) => template.kind === kind);
  if (!found) return null;
  // Another version is another form: what was being written goes with the one it was written on.
  return <Editor key={`${kind} ${found.template.version}`} kept={found.template} isOwn={found.isOwn} />;
}

function Editor({ kept, isOwn }: { readonly kept: PaperTemplate; readonly isOwn: boolean }) {
  const { t } = useText();
  const { identity } = useSession();
  const [template, setTemplate] = useState(kept);
  const faults = useMemo(() => findFaults(template, kept.kind), [template, kept.kind]);
  const content = useMemo(() => composePaper(template, sampleFacts(template.kind)), [template]);
  const mayChange = identity !== null && isAllowed(identity.person.role, 'reference.update');
  return (
    <Stack gap="md">
      <header>
        <Anchor component={Link} href={paths.paperTemplates} fz="sm">
          ← {t('papers.template.back')}
        </Anchor>
        <Title order={1}>{t(`papers.kind.${kept.kind}`)}</Title>
        <Text fz="sm" c="dimmed">
          {isOwn ? t('papers.template.own', { version: kept.version }) : t('papers.template.shipped')}
        </Text>
      </header>
      {!mayChange && <Alert color="yellow">{t('papers.template.readOnly')}</Alert>}
      <div className={classes.making}>
        <Stack gap="md">
          <fieldset disabled={!mayChange} style={{ all: 'unset', display: 'contents' }}>
            <TemplateFields template={template} onChange={setTemplate} />
          </fieldset>
          <Placeholders />
          {mayChange && <SaveButtons kept={kept} template={template} isOwn={isOwn} faults={faults} />}
        </Stack>
        <div className={classes.preview}>
          <PaperPages label={t('papers.template.sample')} content={content} marks={SAMPLE} />
        </div>
      </div>
    </Stack>
  );
}

type SaveButtonsProps = {
  readonly kept: PaperTemplate;
  readonly template: PaperTemplate;
  readonly isOwn: boolean;
  readonly faults: readonly TemplateFault[];
};

function SaveButtons({ kept, template, isOwn, faults }: SaveButtonsProps) {
  const { t } = useText();
  const notify = useNotify();
  const [, navigate] = useLocation();
  const { run, isRunning, error } = useCommand('savePaperTemplate');
  const [isResetting, setResetting] = useState(false);
  const save = async (next: PaperTemplate | null) => {
    const saved = await run({ kind: kept.kind, template: next });
    setResetting(false);
    if (!saved) return;
    notify(next ? t('papers.template.saved', { version: saved.version }) : t('papers.template.wasReset'));
    navigate(paths.paperTemplates);
  };
  return (
    <Stack gap="xs">
      {faults.length > 0 && (
        <Alert color="red" role="alert" title={t('papers.template.faults', { count: faults.length })}>
          <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
            {faults.map(({ part, place, column, problem, detail }) => (
              <li key={`${part} ${place} ${column} ${problem} ${detail}`}>
                {t(`papers.template.part.${part}`, { place, column })} :{' '}
                {t(`papers.template.fault.${problem}`, { detail })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <ErrorAlert error={error} />
      <Group justify="space-between">
        <Button variant="default" disabled={!isOwn} onClick={() => setResetting(true)}>
          {t('papers.template.reset')}
        </Button>
        <Button
          loading={isRunning}
          disabled={faults.length > 0 || template === kept}
          onClick={() => void save(template)}
        >
          {t('common.save')}
        </Button>
      </Group>
      <Modal
        opened={isResetting}
        onClose={() => setResetting(false)}
        title={t('papers.template.resetConfirm')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text fz="sm">{t('papers.template.resetText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setResetting(false)}>
              {t('common.cancel')}
            </Button>
            <Button loading={isRunning} onClick={() => void save(null)}>
              {t('papers.template.reset')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}

import { Button, Group, Stack, Stepper, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconLock, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import type { ImportDefaults } from '#shared/protocol/data-port.ts';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { NOTHING_CHOSEN, useListView } from '../../store/list-view.tsx';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import { CheckStep } from './check-step.tsx';
import { FilesStep } from './files-step.tsx';
import classes from './import.module.css';
import { type ImportResult, useImport } from './use-import.ts';

/** From files to assets in three steps; nothing is created before the second one is confirmed. */
export function ImportScreen() {
  const { t } = useText();
  const { identity } = useSession();
  const { isReady } = useDirectory();
  if (!identity) {
    return (
      <EmptyScreen
        icon={<IconLock />}
        title={t('errors.COMMAND_NOT_ENROLLED.title')}
        text={t('errors.COMMAND_NOT_ENROLLED.todo')}
      >
        <Button component={Link} href={paths.enrolment}>
          {t('enrolment.title')}
        </Button>
      </EmptyScreen>
    );
  }
  if (!isAllowed(identity.person.role, 'asset.import')) {
    return (
      <EmptyScreen icon={<IconLock />} title={t('errors.COMMAND_FORBIDDEN.title')} text={t('importer.forbidden')} />
    );
  }
  return isReady ? <Wizard /> : <LoadingScreen />;
}

function Wizard() {
  const { t } = useText();
  const importing = useImport();
  const [defaults, setDefaults] = useState<ImportDefaults>();
  const step = stepOf(importing.result !== undefined, importing.preview !== undefined);
  return (
    <Stack gap="md" className={classes.screen}>
      <Title order={1}>{t('importer.title')}</Title>
      <Stepper active={step} size="sm" allowNextStepsSelect={false} aria-label={t('importer.title')}>
        <Stepper.Step
          label={t('importer.steps.files')}
          description={t('importer.steps.filesText')}
          allowStepSelect={step === 1 && !importing.isCommitting}
          onClick={importing.backToFiles}
        />
        <Stepper.Step
          label={t('importer.steps.check')}
          description={t('importer.steps.checkText')}
          allowStepSelect={false}
        />
        <Stepper.Step
          label={t('importer.steps.result')}
          description={t('importer.steps.resultText')}
          allowStepSelect={false}
        />
      </Stepper>
      {step === 0 && (
        <FilesStep
          importing={importing}
          initial={defaults}
          onCheck={(chosen) => {
            setDefaults(chosen);
            void importing.check(chosen);
          }}
        />
      )}
      {step === 1 && defaults && <CheckStep importing={importing} defaults={defaults} />}
      {importing.result && <Result result={importing.result} onAgain={importing.startOver} />}
    </Stack>
  );
}

function stepOf(hasResult: boolean, hasPreview: boolean): number {
  if (hasResult) return 2;
  return hasPreview ? 1 : 0;
}

function Result({ result, onAgain }: { readonly result: ImportResult; readonly onAgain: () => void }) {
  const { t } = useText();
  const { change } = useListView();
  const [, navigate] = useLocation();
  const seeList = () => {
    change({ text: '', chosen: NOTHING_CHOSEN, sort: { field: 'updatedAt', direction: 'desc' } });
    navigate(paths.assets);
  };
  return (
    <Section title={t('importer.steps.result')}>
      <Group wrap="nowrap" align="flex-start" role="status" aria-live="polite">
        <ThemeIcon size={44} radius="xl" variant="light" color={result.cancelled ? 'yellow' : 'forest'}>
          {result.cancelled ? <IconPlayerStop /> : <IconCheck />}
        </ThemeIcon>
        <div>
          <Text fw={600} fz="lg">
            {t('importer.done', { count: result.created })}
          </Text>
          <Text c="dimmed">{t(result.cancelled ? 'importer.cancelled' : 'importer.doneText')}</Text>
          {result.existing > 0 && <Text c="dimmed">{t('importer.existingMeanwhile', { count: result.existing })}</Text>}
          <Group mt="md">
            <Button onClick={seeList}>{t('importer.seeList')}</Button>
            <Button variant="default" onClick={onAgain}>
              {t('importer.again')}
            </Button>
          </Group>
        </div>
      </Group>
    </Section>
  );
}

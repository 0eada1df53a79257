import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconPlayerStop } from '@tabler/icons-react';
import type { ImportDefaults, ImportFileProblem } from '#shared/protocol/data-port.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { ColumnMapping } from './column-mapping.tsx';
import classes from './import.module.css';
import { PreviewLines } from './preview-lines.tsx';
import type { ImportState } from './use-import.ts';

type CheckStepProps = { readonly importing: ImportState; readonly defaults: ImportDefaults };

/** What the files would create, line by line, before anything is written. */
export function CheckStep({ importing, defaults }: CheckStepProps) {
  const { t } = useText();
  const { preview, mapping, isChecking, isCommitting } = importing;
  if (!preview) return null;
  const { counts } = preview;
  return (
    <Stack gap="md">
      <div className={classes.counts} role="status" aria-live="polite" aria-busy={isChecking}>
        {(['create', 'existing', 'invalid'] as const).map((outcome) => (
          <div key={outcome} className={classes.count} data-outcome={outcome}>
            <span className={classes.number}>{formatInteger(counts[outcome])}</span>
            <span>{t(`importer.counts.${outcome}`, { count: counts[outcome] })}</span>
          </div>
        ))}
      </div>
      {preview.fileProblems.length > 0 && <FileProblems problems={preview.fileProblems} />}
      {preview.columns && (
        <ColumnMapping
          columns={preview.columns}
          mapping={mapping ?? {}}
          isDisabled={isChecking || isCommitting}
          onChange={(next) => void importing.check(defaults, next)}
        />
      )}
      <PreviewLines lines={preview.lines} />
      <ErrorAlert error={importing.error} />
      <div className={classes.footer}>
        {isCommitting ? <Committing importing={importing} /> : <Decision importing={importing} />}
      </div>
    </Stack>
  );
}

function Decision({ importing }: { readonly importing: ImportState }) {
  const { t } = useText();
  const counts = importing.preview?.counts ?? { create: 0, existing: 0, invalid: 0 };
  return (
    <Group justify="space-between">
      <Button variant="default" leftSection={<IconArrowLeft size={17} />} onClick={importing.backToFiles}>
        {t('common.back')}
      </Button>
      <Group>
        <Text fz="sm" c="dimmed">
          {counts.create === 0 && t('importer.nothingToCreate')}
          {counts.create > 0 && counts.invalid > 0 && t('importer.invalidSkipped', { count: counts.invalid })}
        </Text>
        <Button disabled={counts.create === 0} loading={importing.isChecking} onClick={() => void importing.commit()}>
          {t('importer.commit', { count: counts.create })}
        </Button>
      </Group>
    </Group>
  );
}

function Committing({ importing }: { readonly importing: ImportState }) {
  const { t } = useText();
  const { done, total } = importing.progress ?? { done: 0, total: importing.preview?.counts.create ?? 0 };
  const words = importing.isStopping ? t('importer.stopping') : t('importer.committing', { done, total });
  return (
    <Group wrap="nowrap">
      <div className={classes.progress}>
        <Text fz="sm" className="tabular">
          {words}
        </Text>
        <Progress value={total > 0 ? (done / total) * 100 : 0} aria-label={words} />
      </div>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={17} />}
        disabled={importing.isStopping}
        onClick={importing.stop}
      >
        {t('importer.stop')}
      </Button>
    </Group>
  );
}

function FileProblems({ problems }: { readonly problems: readonly ImportFileProblem[] }) {
  const { t } = useText();
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle />}
      title={t('importer.fileProblems', { count: problems.length })}
      role="alert"
    >
      <ul className={classes.problems}>
        {problems.map((problem) => (
          <li key={JSON.stringify(problem)}>
            <FileProblemWords problem={problem} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function FileProblemWords({ problem }: { readonly problem: ImportFileProblem }) {
  const { t } = useText();
  const { file, line, column, path, detail } = problem;
  const places = [
    line !== undefined && column !== undefined && t('importer.place.lineColumn', { line, column }),
    line !== undefined && column === undefined && t('importer.place.line', { line }),
    path !== undefined && t('importer.place.path', { path }),
  ].filter(Boolean);
  return (
    <Text fz="sm">
      <strong>{file}</strong>
      {places.length > 0 && ` (${places.join(', ')})`} — {t(`importer.fileProblem.${problem.problem}`)}
      {detail && ` ${t(`importer.fileDetail.${detail}`, { defaultValue: '' })}`}
    </Text>
  );
}

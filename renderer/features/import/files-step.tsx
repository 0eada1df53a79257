import { ActionIcon, Button, Group, Pill, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileSearch, IconFileUpload, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { NATURE_RULES } from '#shared/domain/natures.ts';
import type { ImportDefaults } from '#shared/protocol/data-port.ts';
import { ACQUISITION_MODES, HOLDER_KINDS, PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { foldedFilter } from '../../components/folded-filter.ts';
import { Section } from '../../components/section.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './import.module.css';
import type { ImportState } from './use-import.ts';

type FilesStepProps = {
  readonly importing: ImportState;
  readonly initial: ImportDefaults | undefined;
  readonly onCheck: (defaults: ImportDefaults) => void;
};

const FIRST_DEFAULTS: ImportDefaults = {
  structureId: '',
  siteId: '',
  status: 'in-service',
  physicalState: 'good',
  holderKind: 'service',
  acquisitionMode: 'existing',
};

/** Which files, and what to write where they are silent. */
export function FilesStep({ importing, initial, onCheck }: FilesStepProps) {
  const { t } = useText();
  const { usualStructureId } = useDirectory();
  const [defaults, setDefaults] = useState(initial ?? { ...FIRST_DEFAULTS, structureId: usualStructureId });
  const [isChecked, setChecked] = useState(false);
  const isMissing = !defaults.structureId || !defaults.siteId;
  const check = () => {
    setChecked(true);
    if (!isMissing) onCheck(defaults);
  };
  return (
    <Stack gap="md">
      <FilePicker importing={importing} />
      {importing.files.length > 0 && (
        <>
          <DefaultsForm defaults={defaults} isChecked={isChecked} onChange={setDefaults} />
          <ErrorAlert error={importing.error} />
          <Group justify="flex-end">
            <Text fz="sm" c="red" role="status" aria-live="polite">
              {isChecked && isMissing && t('importer.missingDefaults')}
            </Text>
            <Button leftSection={<IconFileSearch size={17} />} loading={importing.isChecking} onClick={check}>
              {t('importer.check')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

const SHOWN_FILES = 12;

function FilePicker({ importing }: { readonly importing: ImportState }) {
  const { t } = useText();
  const open = useRef<() => void>(null);
  const { files } = importing;
  return (
    <>
      <Dropzone
        openRef={open}
        onDrop={importing.addFiles}
        activateOnClick={false}
        activateOnKeyboard={false}
        className={classes.drop}
        inputProps={{ 'aria-label': t('importer.chooseFiles') }}
        tabIndex={-1}
      >
        <Stack align="center" gap="xs">
          <IconFileUpload size={36} stroke={1.4} aria-hidden="true" />
          <Text fw={600}>{t('importer.drop')}</Text>
          <Text fz="sm" c="dimmed" ta="center" maw={520}>
            {t('importer.dropText')}
          </Text>
          <Button variant="default" mt="xs" className={classes.choose} onClick={() => open.current?.()}>
            {t('importer.chooseFiles')}
          </Button>
        </Stack>
      </Dropzone>
      {files.length > 0 && (
        <Group gap={6} role="group" aria-label={t('importer.files', { count: files.length })}>
          <Text fz="sm" fw={600}>
            {t('importer.files', { count: files.length })}
          </Text>
          {files.slice(0, SHOWN_FILES).map((file) => (
            <Pill key={`${file.name} ${file.lastModified}`} size="md">
              <Group gap={2} wrap="nowrap">
                {file.name}
                <ActionIcon
                  size="xs"
                  aria-label={t('importer.removeFile', { name: file.name })}
                  onClick={() => importing.removeFile(file)}
                >
                  <IconX size={12} />
                </ActionIcon>
              </Group>
            </Pill>
          ))}
          {files.length > SHOWN_FILES && (
            <Text fz="sm" c="dimmed">
              {t('importer.filesMore', { count: files.length - SHOWN_FILES })}
            </Text>
          )}
          <Button size="compact-xs" variant="subtle" onClick={importing.removeAll}>
            {t('importer.removeAll')}
          </Button>
        </Group>
      )}
    </>
  );
}

type DefaultsFormProps = {
  readonly defaults: ImportDefaults;
  readonly isChecked: boolean;
  readonly onChange: (defaults: ImportDefaults) => void;
};

function DefaultsForm({ defaults, isChecked, onChange }: DefaultsFormProps) {
  const { t } = useText();
  const { structures, sites, types } = useDirectory();
  const missing = (value: string) => isChecked && !value && t('domain.problem.required');
  const set = (part: Partial<ImportDefaults>) => onChange({ ...defaults, ...part });
  return (
    <Section title={t('importer.defaults')}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('importer.defaultsText')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" verticalSpacing="sm">
        <TreeSelect
          label={t('domain.field.structureId')}
          required
          tree={structures}
          placeholder={t('assetForm.structurePlaceholder')}
          value={defaults.structureId || null}
          onChange={(structureId) => set({ structureId: structureId ?? '' })}
          error={missing(defaults.structureId)}
        />
        <TreeSelect
          label={t('domain.field.siteId')}
          required
          tree={sites}
          placeholder={t('assetForm.sitePlaceholder')}
          value={defaults.siteId || null}
          onChange={(siteId) => set({ siteId: siteId ?? '' })}
          error={missing(defaults.siteId)}
        />
        <Select
          label={t('importer.typeFallback')}
          searchable
          clearable
          filter={foldedFilter}
          placeholder={t('assetForm.typePlaceholder')}
          data={types.map(({ code, label }) => ({ value: code, label }))}
          value={defaults.typeCode ?? null}
          onChange={(typeCode) => {
            const { typeCode: _, ...rest } = defaults;
            onChange(typeCode ? { ...rest, typeCode } : rest);
          }}
        />
        <Select
          label={t('domain.field.status')}
          allowDeselect={false}
          data={NATURE_RULES.hardware.initialStatuses.map((value) => ({ value, label: t(`domain.status.${value}`) }))}
          value={defaults.status}
          onChange={(status) => status && set({ status })}
        />
        <Select
          label={t('domain.field.physicalState')}
          allowDeselect={false}
          data={PHYSICAL_STATES.map((value) => ({ value, label: t(`domain.physicalState.${value}`) }))}
          value={defaults.physicalState}
          onChange={(physicalState) => physicalState && set({ physicalState })}
        />
        <Select
          label={t('domain.field.holderKind')}
          allowDeselect={false}
          data={HOLDER_KINDS.map((value) => ({ value, label: t(`domain.holderKind.${value}`) }))}
          value={defaults.holderKind}
          onChange={(holderKind) => holderKind && set({ holderKind })}
        />
        <Select
          label={t('domain.field.acquisitionMode')}
          allowDeselect={false}
          data={ACQUISITION_MODES.map((value) => ({ value, label: t(`domain.acquisitionMode.${value}`) }))}
          value={defaults.acquisitionMode}
          onChange={(acquisitionMode) => acquisitionMode && set({ acquisitionMode })}
        />
      </SimpleGrid>
    </Section>
  );
}

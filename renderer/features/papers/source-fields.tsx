import { MultiSelect, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { paperRule, type SourceType } from '#shared/papers/kinds.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import { HolderInput } from '../../components/holder-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { AssetChoice } from './asset-choice.tsx';
import type { PaperDraft } from './paper-draft.ts';

type SourceFieldsProps = { readonly draft: PaperDraft; readonly onChange: (part: Partial<PaperDraft>) => void };

/** What the lines of the paper are taken from. */
export function SourceFields({ draft, onChange }: SourceFieldsProps) {
  const { t } = useText();
  const { sources } = paperRule(draft.kind);
  const Fields = FIELDS[draft.source];
  return (
    <Stack gap="sm">
      {sources.length > 1 && (
        <SegmentedControl
          orientation="vertical"
          fullWidth
          aria-label={t('papers.make.source')}
          value={draft.source}
          onChange={(value) => onChange({ source: sources.find((source) => source === value) ?? draft.source })}
          data={sources.map((source) => ({ value: source, label: t(`papers.make.sources.${source}`) }))}
        />
      )}
      <Fields draft={draft} onChange={onChange} />
    </Stack>
  );
}

const RECENT = 30;

function ActFields({ draft, onChange }: SourceFieldsProps) {
  const { t, language } = useText();
  const acts = readyValue(useQuestion('recentActs', { kind: draft.kind, limit: RECENT }, 'movements'));
  if (acts?.length === 0) return <Text fz="sm">{t('papers.make.noActs')}</Text>;
  return (
    <Radio.Group
      label={t('papers.make.acts')}
      value={draft.actId}
      onChange={(actId) => onChange({ actId })}
      mah={260}
      style={{ overflowY: 'auto' }}
    >
      <Stack gap={6} mt={6}>
        {acts?.map(({ actId, act, declaredAt, count, holder, author }) => (
          <Radio
            key={actId}
            value={actId}
            label={t('papers.make.act', {
              act: t(`domain.act.${act}`),
              date: formatInstant(declaredAt, language),
            })}
            description={[holder, t('papers.make.actAssets', { count }), author].filter(Boolean).join(' · ')}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function AssetFields({ draft, onChange }: SourceFieldsProps) {
  return (
    <AssetChoice
      ids={draft.assetIds}
      isSingle={paperRule(draft.kind).isSingle}
      onChange={(assetIds) => onChange({ assetIds })}
    />
  );
}

function HolderFields({ draft, onChange }: SourceFieldsProps) {
  const { t } = useText();
  return (
    <HolderInput
      label={t('papers.make.holder')}
      description={t('papers.make.holderHint')}
      value={draft.holderName}
      onChange={(holderName) => onChange({ holderName })}
    />
  );
}

function ScopeFields({ draft, onChange }: SourceFieldsProps) {
  const { t } = useText();
  const { sites, types } = useDirectory();
  return (
    <>
      <StructureField draft={draft} onChange={onChange} />
      <TreeSelect
        label={t('papers.make.site')}
        placeholder={t('papers.make.allSites')}
        tree={sites}
        withRetired
        clearable
        clearButtonProps={{ 'aria-label': t('papers.make.allSites') }}
        value={draft.siteId || null}
        onChange={(siteId) => onChange({ siteId: siteId ?? '' })}
      />
      <Select
        label={t('papers.make.type')}
        placeholder={t('papers.make.allTypes')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('papers.make.allTypes') }}
        data={types.map(({ code, label }) => ({ value: code, label }))}
        value={draft.typeCode || null}
        onChange={(typeCode) => onChange({ typeCode: typeCode ?? '' })}
      />
      <MultiSelect
        label={t('papers.make.status')}
        placeholder={draft.status.length === 0 ? t('papers.make.allStatuses') : ''}
        clearable
        clearButtonProps={{ 'aria-label': t('papers.make.allStatuses') }}
        data={ASSET_STATUSES.map((status) => ({ value: status, label: t(`domain.status.${status}`) }))}
        value={[...draft.status]}
        onChange={(chosen) => onChange({ status: ASSET_STATUSES.filter((status) => chosen.includes(status)) })}
      />
      <TextInput
        type="date"
        label={t('papers.make.at')}
        description={t('papers.make.atHint')}
        value={draft.at}
        onChange={(event) => onChange({ at: event.currentTarget.value })}
      />
    </>
  );
}

function PeriodFields({ draft, onChange }: SourceFieldsProps) {
  const { t } = useText();
  return (
    <>
      <StructureField draft={draft} onChange={onChange} />
      <TextInput
        type="date"
        label={t('papers.make.from')}
        value={draft.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('papers.make.to')}
        value={draft.to}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </>
  );
}

function StructureField({ draft, onChange }: SourceFieldsProps) {
  const { t } = useText();
  const { structures } = useDirectory();
  return (
    <TreeSelect
      label={t('papers.make.structure')}
      placeholder={t('papers.make.allStructures')}
      tree={structures}
      withRetired
      clearable
      clearButtonProps={{ 'aria-label': t('papers.make.allStructures') }}
      value={draft.structureId || null}
      onChange={(structureId) => onChange({ structureId: structureId ?? '' })}
    />
  );
}

/** Nothing to choose: the paper says how this desktop stands when it is made. */
function DesktopFields() {
  const { t } = useText();
  return <Text fz="sm">{t('papers.make.desktop')}</Text>;
}

const FIELDS = {
  act: ActFields,
  assets: AssetFields,
  holder: HolderFields,
  scope: ScopeFields,
  period: PeriodFields,
  desktop: DesktopFields,
} as const satisfies Record<SourceType, (props: SourceFieldsProps) => ReactNode>;
